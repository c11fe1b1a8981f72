import { useCallback } from 'react';
import { type BankUpload, bankUploadEndpoints, MOST_BANK_BYTES } from '../../contract/platform/bank-uploads.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { FileField } from './file-field.tsx';
import { base64Of } from './files.ts';
import { Problem } from './problem.tsx';
import { go } from './route.ts';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** A file of sixteen megabytes goes over a slow line for as long as it takes. */
const PATIENCE_MS = 900_000;
const BANK_FILES = '.xlsx,.csv,.json,.gift,.txt,.xml,.zip,.imscc';

/** A file of questions is uploaded, or somebody goes on with one that is no bank yet. */
export function BankUploads({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const load = useCallback(() => ask(bankUploadEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused } = useLoaded(load);
  const choose = ([file]: readonly File[]) =>
    run(async () => {
      if (!file) return;
      if (file.size === 0 || file.size > MOST_BANK_BYTES) throw new Refusal('bank-file-size');
      const body = { file: file.name.slice(-300), bytes: await base64Of(file) };
      const { id } = await ask(bankUploadEndpoints.add, { params: { firm: firm.id }, body }, PATIENCE_MS);
      go(firm.address('bank-upload', id));
    });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const uploads = value?.uploads ?? [];
  return (
    <section className="part" aria-labelledby="upload">
      <h2 id="upload">{t('banks.upload')}</h2>
      <div className="fields">
        <FileField
          name="bank"
          label={t('banks.file')}
          hint={t('banks.file-hint')}
          accept={BANK_FILES}
          disabled={busy}
          onFiles={choose}
        />
      </div>
      <p role="status">{busy && t('uploads.sending')}</p>
      <Problem {...problem} />
      <Problem refused={refused} />
      {uploads.length > 0 && (
        <>
          <h3>{t('uploads.under-way')}</h3>
          <ul className="rows boxed">
            {uploads.map((upload) => (
              <li key={upload.id} data-upload={upload.id}>
                <span>
                  <a href={firm.address('bank-upload', upload.id)}>{upload.file}</a>{' '}
                  <small className="muted">{time.format(new Date(upload.madeAt))}</small>
                </span>
                <Standing upload={upload} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Standing({ upload: { state, items, rows } }: { readonly upload: BankUpload }) {
  const { t } = usePlatform();
  if (state !== 'read')
    return <span className={state === 'failed' ? 'badge bad' : 'badge'}>{t(`uploads.${state}`)}</span>;
  const refused = rows?.rejected ?? 0;
  return (
    <span className={refused > 0 ? 'badge warn' : 'badge good'}>{t('uploads.standing', { items, rows: refused })}</span>
  );
}
