import { useEffect, useState } from 'react';
import { inLocale } from '../../contract/words/localized.ts';
import type { Picture } from '../../contract/words/pictures.ts';
import { usePage } from '../context.ts';
import { ReadingDialog } from './dialog.tsx';

type PicturesProps = { readonly pictures: readonly Picture[] | undefined };

/** Under a stem: each opens large. Several are numbered, as the stem speaks of them. */
export function StemPictures({ pictures = [] }: PicturesProps) {
  const { t } = usePage();
  const [large, setLarge] = useState<Picture>();
  if (pictures.length === 0) return null;
  return (
    <div className="pictures">
      {pictures.map((picture, at) => (
        <figure key={picture.hash}>
          <button type="button" className="picture" title={t('picture.enlarge')} onClick={() => setLarge(picture)}>
            <Shown picture={picture} />
          </button>
          {pictures.length > 1 && <figcaption>{t('picture.number', { at: at + 1 })}</figcaption>}
        </figure>
      ))}
      {large && (
        <ReadingDialog title={t('picture.alt')} onClose={() => setLarge(undefined)}>
          <div className="picture large">
            <Shown picture={large} />
          </div>
        </ReadingDialog>
      )}
    </div>
  );
}

/** Inside an option: a touch chooses the option. */
export function OptionPictures({ pictures = [] }: PicturesProps) {
  return pictures.map((picture) => (
    <span key={picture.hash} className="picture">
      <Shown picture={picture} />
    </span>
  ));
}

const AGAIN_MS = 2_000;

function Shown({ picture: { hash, alt } }: { readonly picture: Picture }) {
  const { t, contentLocale, pictures } = usePage();
  const [address, setAddress] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const load = (): void =>
      void pictures.address(hash).then(
        (found) => gone || setAddress(found),
        () => {
          if (gone) return;
          setFailed(true);
          timer = setTimeout(load, AGAIN_MS);
        },
      );
    load();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [pictures, hash]);
  if (address) return <img src={address} alt={alt ? inLocale(alt, contentLocale) : t('picture.alt')} />;
  return failed ? <span role="alert">{t('picture.again')}</span> : <span className="spinner" aria-hidden="true" />;
}
