import { useState } from 'react';
import type { Answered } from '../../contract/platform/endpoint.ts';
import { workerEndpoints } from '../../contract/platform/workers.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField } from './fields.tsx';
import { FileField } from './file-field.tsx';
import { base64Of } from './files.ts';
import { OfFirm } from './of-firm.tsx';
import { PhotosUpload } from './photos-upload.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';
import { useExamChoices } from './workers-page.tsx';

type Report = Answered<typeof workerEndpoints.importRoster>;

/** Many people at once: a workbook is looked at row by row, and then taken over; and their photos as one file. */
export function RosterPage() {
  return (
    <OfFirm screen="roster" heading="roster.title">
      {(firm) => (
        <>
          <Roster firm={firm} />
          <PhotosUpload firm={firm} />
        </>
      )}
    </OfFirm>
  );
}

function Roster({ firm }: { readonly firm: Firm }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const exams = useExamChoices(firm);
  const [exam, setExam] = useState('');
  const [file, setFile] = useState<{ readonly name: string; readonly base64: string }>();
  const [report, setReport] = useState<Report>();
  const send = (base64: string, apply?: Report['plan']) =>
    run(async () => {
      const examId = ExamId.safeParse(exam).data;
      const body = { file: base64, ...(examId ? { examId } : {}), ...(apply ? { apply } : {}) };
      setReport(await ask(workerEndpoints.importRoster, { params: { firm: firm.id }, body }));
    });
  const choose = async ([chosen]: readonly File[]) => {
    if (!chosen) return;
    const base64 = await base64Of(chosen);
    setReport(undefined);
    setFile({ name: chosen.name, base64 });
    await send(base64);
  };
  const toDo = report ? report.rows.filter(({ outcome }) => outcome !== 'refused' && outcome !== 'same').length : 0;
  return (
    <section className="part" aria-labelledby="roster">
      <h2 id="roster">{t('roster.people')}</h2>
      <p className="muted">{t('roster.means')}</p>
      <div className="fields">
        <ChoiceField
          name="exam"
          label={t('roster.exam')}
          hint={t('roster.exam-hint')}
          value={exam}
          onChange={setExam}
          choices={[{ value: '', label: t('app.none') }, ...exams]}
        />
        <FileField
          name="roster"
          label={t('roster.file')}
          hint={t('roster.file-hint')}
          accept=".xlsx,.csv"
          disabled={busy}
          onFiles={choose}
        />
      </div>
      <p role="status">{busy && t('roster.reading')}</p>
      <Problem {...problem} />
      {report && <RosterReport report={report} file={file?.name ?? ''} />}
      {report && !report.applied && toDo > 0 && (
        <div>
          <Button
            look="primary"
            action="apply-roster"
            disabled={busy}
            onPress={() => file && send(file.base64, report.plan)}
          >
            {t('roster.apply', { count: toDo })}
          </Button>
        </div>
      )}
      {report?.applied && <a href={firm.address('workers')}>{t('workers.title')}</a>}
    </section>
  );
}

const TONES = { add: 'good', change: 'good', return: 'good', leave: 'warn', same: '', refused: 'bad' } as const;

function RosterReport({ report, file }: { readonly report: Report; readonly file: string }) {
  const { t, locale } = usePlatform();
  const [all, setAll] = useState(false);
  const { counts, rows, ignored } = report;
  const shown = all ? rows : rows.filter(({ outcome }) => outcome === 'refused');
  return (
    <div className="part" data-report={report.applied ? 'applied' : 'seen'}>
      <h3>
        {file} · {t(report.applied ? 'roster.applied' : 'roster.seen')}
      </h3>
      <ul className="tallies">
        {Object.entries(TONES).map(([outcome, tone]) => {
          const count = counts[outcome as keyof typeof TONES];
          if (!count) return null;
          return (
            <li key={outcome} className={`badge ${tone}`} data-outcome={outcome} data-count={count}>
              {t(`roster.${outcome as keyof typeof TONES}`)} {count}
            </li>
          );
        })}
      </ul>
      {ignored.length > 0 && <p className="muted">{t('roster.ignored', { columns: ignored.join('、') })}</p>}
      {shown.length > 0 && (
        <div className="table-slot">
          <table className="list">
            <caption className="visually-hidden">{t('roster.seen')}</caption>
            <thead>
              <tr>
                <th scope="col" className="figures">
                  {t('roster.row')}
                </th>
                <th scope="col">{t('workers.name')}</th>
                <th scope="col">{t('workers.number')}</th>
                <th scope="col">{t('roster.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ row, name, number, outcome, words }) => (
                <tr key={row} data-row={row}>
                  <td className="figures" data-title={t('roster.row')}>
                    {row}
                  </td>
                  <td data-title={t('workers.name')}>{name}</td>
                  <td data-title={t('workers.number')}>{number}</td>
                  <td data-title={t('roster.outcome')}>
                    <span className={`badge ${TONES[outcome]}`}>{t(`roster.${outcome}`)}</span>{' '}
                    {words?.[locale] ?? words?.zh}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!all && shown.length < rows.length && (
        <div>
          <Button look="quiet" action="all-rows" onPress={() => setAll(true)}>
            {t('roster.all-rows', { count: rows.length })}
          </Button>
        </div>
      )}
    </div>
  );
}
