import { type BankUpload, bankUploadEndpoints, type WrittenQuestion } from '../../contract/platform/bank-uploads.ts';
import { Button } from '../design/button.tsx';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { FileField } from './file-field.tsx';
import { base64Of } from './files.ts';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type Pictures = WrittenQuestion['pictures'];
type Props = {
  readonly firm: Firm;
  readonly upload: BankUpload;
  readonly pictures: Pictures;
  /** Of what. */
  readonly name: string;
  readonly onChange: (pictures: Pictures) => void;
};

/** The pictures of a question or of an option: taken away, or put in. */
export function WrittenPictures({ firm, upload, pictures, name, onChange }: Props) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const params = { firm: firm.id, id: upload.id };
  const add = ([file]: readonly File[]) =>
    run(async () => {
      if (!file) return;
      const { hash } = await ask(bankUploadEndpoints.addPicture, { params, body: { bytes: await base64Of(file) } });
      onChange([...pictures, { hash, alt: '' }]);
    });
  return (
    <details className="more" open={pictures.length > 0}>
      <summary>{t('uploads.pictures', { count: pictures.length })}</summary>
      <ul className="thumbs">
        {pictures.map(({ hash, alt }, at) => (
          <li key={hash}>
            <img
              src={addressOf(bankUploadEndpoints.picture, { params: { ...params, hash } })}
              alt={alt || t('uploads.picture', { number: at + 1 })}
            />
            <Button
              small
              look="quiet"
              action="remove-picture"
              onPress={() => onChange(pictures.filter((_, place) => place !== at))}
            >
              {t('uploads.remove-picture')}
            </Button>
          </li>
        ))}
      </ul>
      <FileField
        name={`${name}-picture`}
        label={t('uploads.add-picture')}
        accept="image/png,image/jpeg,image/gif,image/webp"
        disabled={busy}
        onFiles={add}
      />
      <Problem {...problem} />
    </details>
  );
}
