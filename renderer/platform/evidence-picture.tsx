import { useEffect, useState } from 'react';
import { evidenceEndpoints, type ListedPicture, type ListedWish } from '../../contract/platform/evidence.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { saveFile } from './files.ts';
import { Problem } from './problem.tsx';
import { bytesOfText, type OwnKey, openSealed } from './sealed-picture.ts';
import { useDeed } from './use-deed.ts';
import { shortOf } from './words-of.ts';

type Props = {
  readonly wish: ListedWish['id'];
  readonly picture: ListedPicture;
  /** Where this browser has the key that it is sealed to. */
  readonly own: OwnKey | undefined;
};

/** One picture: opened here when somebody asks for it, with their name and the time over it, and gone with the page. */
export function EvidencePicture({ wish, picture, own }: Props) {
  const { t, ask, me, locale, explain } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [shown, setShown] = useState<{ readonly url: string; readonly at: Date }>();
  useEffect(() => () => shown && URL.revokeObjectURL(shown.url), [shown]);
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const { of, at, reason, state, inRecord } = picture;
  const name = of === 'check-in' ? t('evidence.check-in') : reason ? shortOf(explain(reason)) : t('evidence.incident');
  const sealed = async () => {
    const { file } = await ask(evidenceEndpoints.picture, { params: { id: wish, of } });
    return bytesOfText(file);
  };
  const open = (with_: OwnKey) =>
    run(async () => {
      const jpeg = await openSealed(await sealed(), with_).catch((error: unknown) => {
        throw error instanceof Refusal ? error : new Refusal('picture-unreadable', String(error));
      });
      setShown({ url: URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' })), at: new Date() });
    });
  const save = () =>
    run(async () => saveFile(`${wish}-${of}.sealed`, new Blob([await sealed()], { type: 'application/zip' })));
  return (
    <li data-picture={state}>
      <span>
        {name} {at && when.format(new Date(at))}
      </span>
      {state !== 'here' && <span className="badge">{t(`evidence.picture-${state}`)}</span>}
      {shown && (
        <figure className="watermarked" data-mark={`${me?.name ?? ''} ${when.format(shown.at)}  `.repeat(40)}>
          <img src={shown.url} alt={name} />
        </figure>
      )}
      {shown && inRecord !== null && (
        <span className={`badge ${inRecord ? 'good' : 'bad'}`}>
          {t(inRecord ? 'evidence.in-record' : 'evidence.not-in-record')}
        </span>
      )}
      <Problem {...problem} />
      {state === 'here' && (
        <div className="deeds">
          {own && !shown && (
            <Button action="open-picture" disabled={busy} onPress={() => open(own)}>
              {t('evidence.open')}
            </Button>
          )}
          {!own && (
            <Button action="save-picture" disabled={busy} onPress={save}>
              {t('evidence.save')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
