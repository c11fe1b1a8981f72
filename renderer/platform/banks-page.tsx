import { useCallback, useState } from 'react';
import { bankEndpoints } from '../../contract/platform/banks.ts';
import type { Answered } from '../../contract/platform/endpoint.ts';
import { type BankId, ExamId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import { FileField } from './file-field.tsx';
import { base64Of } from './files.ts';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';
import { useExamChoices } from './workers-page.tsx';

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
      {firm.isOwn && <Upload key={value?.exams.length ?? 0} firm={firm} onDone={again} />}
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

type Chosen = { readonly name: string; readonly bytes: string };

function Upload({ firm, onDone }: { readonly firm: Firm; readonly onDone: () => void }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const exams = useExamChoices(firm);
  const [file, setFile] = useState<Chosen>();
  const [title, setTitle] = useState('');
  const [exam, setExam] = useState('');
  const [told, setTold] = useState<Answered<typeof bankEndpoints.put>>();
  const send = (chosen: Chosen, apply: boolean, called: string) =>
    run(async () => {
      const examId = ExamId.safeParse(exam).data;
      const body = { file: chosen.name, bytes: chosen.bytes, title: called, apply, ...(examId ? { examId } : {}) };
      setTold(await ask(bankEndpoints.put, { params: { firm: firm.id }, body }));
      if (apply) onDone();
    });
  const choose = async ([one]: readonly File[]) => {
    if (!one) return;
    const [chosen, called] = [{ name: one.name, bytes: await base64Of(one) }, one.name.replace(/\.[^.]+$/, '')];
    setFile(chosen);
    setTitle(called);
    await send(chosen, false, called);
  };
  const report = told?.report;
  return (
    <section className="part" aria-labelledby="upload">
      <h2 id="upload">{t('banks.upload')}</h2>
      <div className="fields">
        <FileField
          name="bank"
          label={t('banks.file')}
          hint={t('banks.file-hint')}
          accept=".xlsx,.csv,.json,.gift,.txt,.xml,.zip,.imscc"
          disabled={busy}
          onFiles={choose}
        />
        {file && (
          <>
            <TextField name="bank-title" label={t('banks.name')} value={title} onChange={setTitle} required />
            <ChoiceField
              name="bank-exam"
              label={t('banks.exam')}
              value={exam}
              onChange={setExam}
              choices={[{ value: '', label: t('banks.new-exam') }, ...exams]}
            />
          </>
        )}
      </div>
      <p role="status">{busy && t('roster.reading')}</p>
      <Problem {...problem} />
      {report && (
        <>
          <p data-bank-report={told.examId ? 'applied' : 'seen'}>
            {t('banks.report', {
              ...{ rows: report.rows, good: report.accepted + report.repaired, bad: report.rejectedInAll },
              ...{ repaired: report.repaired, duplicates: report.duplicates },
            })}
          </p>
          <ul className="rows boxed">
            {report.rejected.map(({ sheet, row, cell, reason, words }) => (
              <li key={`${sheet} ${row} ${reason}`}>
                <span>
                  {sheet} {cell ?? t('banks.row', { row })}
                </span>
                <span>{words[locale] ?? words.zh}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {file && report && !told.examId && report.accepted + report.repaired > 0 && (
        <div>
          <Button look="primary" action="apply-bank" disabled={busy} onPress={() => send(file, true, title.trim())}>
            {t('banks.apply', { count: report.accepted + report.repaired - report.duplicates })}
          </Button>
        </div>
      )}
      {told?.examId && <p role="status">{t('banks.applied')}</p>}
    </section>
  );
}
