import { type BankFileSaid, type BankUpload, bankUploadEndpoints } from '../../contract/platform/bank-uploads.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type Props = { readonly firm: Firm; readonly upload: BankUpload; readonly onReadAgain: () => void };

/** What is said of a file as a whole, where there is anything to say. */
export function BankFileNotes({ firm, upload, onReadAgain }: Props) {
  const { t, locale } = usePlatform();
  const { said } = upload;
  if (!said) return null;
  const lists = [
    {
      name: 'unread-files',
      rows: said.unreadFiles.map(({ file, why, words }) => `${file} · ${words ? inLocale(words, locale) : why}`),
    },
    {
      name: 'skipped-sheets',
      rows: said.skippedSheets.map(({ sheet, reason }) => `${sheet} · ${t(`uploads.${reason}`)}`),
    },
    {
      name: 'unknown-terms',
      rows: said.unknownTerms.map((term) => `${term.text} · ${t('uploads.rows', { rows: term.rows })}`),
    },
  ] as const;
  return (
    <>
      {said.hidden.length > 0 && <Hidden {...{ firm, upload, onReadAgain }} hidden={said.hidden} />}
      {lists
        .filter(({ rows }) => rows.length > 0)
        .map(({ name, rows }) => (
          <details key={name} className="more" data-note={name} open={name === 'unread-files'}>
            <summary>
              {t(`uploads.${name}`)} ({rows.length})
            </summary>
            <ul>
              {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a text may stand in two fields, and no list changes
                <li key={at}>{row}</li>
              ))}
            </ul>
          </details>
        ))}
    </>
  );
}

/** What the workbook does not show: whoever imports it says whether it counts. */
function Hidden({ firm, upload, hidden, onReadAgain }: Props & { readonly hidden: BankFileSaid['hidden'] }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const read = () =>
    run(async () => {
      const params = { firm: firm.id, id: upload.id };
      await ask(bankUploadEndpoints.again, { params, body: { hidden: !upload.hidden } });
      onReadAgain();
    });
  return (
    <section className="notice warn" data-note="hidden" aria-label={t('uploads.hidden')}>
      <div className="part">
        <strong>{t(upload.hidden ? 'uploads.hidden-read' : 'uploads.hidden')}</strong>
        <ul>
          {hidden.map(({ sheet, what, count, read: was }) => (
            <li key={`${sheet} ${what}`}>
              {sheet} · {t(`uploads.hidden-${what}`, { count })} ·{' '}
              {t(was ? 'uploads.was-read' : 'uploads.was-not-read')}
            </li>
          ))}
        </ul>
        <Problem {...problem} />
        <div>
          <Button action="read-hidden" disabled={busy} onPress={read}>
            {t(upload.hidden ? 'uploads.leave-hidden' : 'uploads.read-hidden')}
          </Button>
        </div>
      </div>
    </section>
  );
}
