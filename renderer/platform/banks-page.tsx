import { useCallback } from 'react';
import { bankEndpoints } from '../../contract/platform/banks.ts';
import type { BankId, ExamId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { addressOf } from './api.ts';
import { BankUploads } from './bank-uploads.tsx';
import { usePlatform } from './context.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** What a firm's exams ask: files of questions, and which version of them counts. */
export function BanksPage() {
  return (
    <OfFirm screen="banks" heading="banks.title">
      {(firm) => <Banks firm={firm} />}
    </OfFirm>
  );
}

function Banks({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const load = useCallback(() => ask(bankEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused, again } = useLoaded(load);
  const move = (examId: ExamId, bankId: BankId) =>
    run(async () => {
      await ask(bankEndpoints.move, { params: { firm: firm.id }, body: { examId, bankId } });
      again();
    });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      {firm.isOwn && <BankUploads firm={firm} />}
      <Problem refused={refused} />
      <Problem {...problem} />
      {value?.exams.length === 0 && <p className="empty">{t('list.empty')}</p>}
      {value?.exams.map(({ examId, title, versions }) => (
        <section key={examId} className="part" aria-label={title[locale] ?? title.zh ?? examId} data-exam={examId}>
          <h2>{title[locale] ?? title.zh}</h2>
          <ul className="rows boxed">
            {versions.map(({ number, bankId, items, putAt, current, changes }) => (
              <li key={bankId}>
                <span>
                  {t('banks.version', { number, items })} · {time.format(new Date(putAt))}
                  {changes && <small className="muted"> {t('banks.changes', changes)}</small>}
                </span>
                <span className="deeds">
                  {firm.isOwn && <OfBank firm={firm} id={bankId} />}
                  {current ? (
                    <span className="badge good">{t('banks.current')}</span>
                  ) : (
                    firm.isOwn && (
                      <Button small action="move-bank" disabled={busy} onPress={() => move(examId, bankId)}>
                        {t('banks.move')}
                      </Button>
                    )
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** What can be had of a bank: what answers say of it, and the bank itself, with its keys. */
function OfBank({ firm, id }: { readonly firm: Firm; readonly id: BankId }) {
  const { t } = usePlatform();
  return (
    <>
      <a href={firm.address('bank', id)}>{t('bank.statistics')}</a>
      {(['csv', 'json'] as const).map((format) => (
        <a
          key={format}
          download
          href={addressOf(bankEndpoints.exportFile, { params: { firm: firm.id, id }, query: { format } })}
        >
          {t(`bank.${format}`)}
        </a>
      ))}
    </>
  );
}
