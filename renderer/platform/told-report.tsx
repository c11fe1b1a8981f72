import { useState } from 'react';
import { TOLD_OUTCOMES, type ToldReport } from '../../contract/platform/told-results.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';

const TONES = { added: 'good', there: '', refused: 'bad' } as const;

/** What becomes of a file, row by row. */
export function ToldReportTable({ report, file }: { readonly report: ToldReport; readonly file: string }) {
  const { t } = usePlatform();
  const [all, setAll] = useState(false);
  const { counts, rows, ignored, provenBy } = report;
  const shown = all ? rows : rows.filter(({ outcome }) => outcome === 'refused');
  return (
    <div className="part" data-report={report.applied ? 'applied' : 'seen'}>
      <h3>
        {file} · {t(report.applied ? 'roster.applied' : 'roster.seen')}
      </h3>
      <p>
        <span className={`badge ${provenBy ? 'warn proven' : 'bad'}`}>
          {provenBy ? t('told.proven-by', { center: provenBy }) : t('told.unproven')}
        </span>
      </p>
      <ul className="tallies">
        {TOLD_OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => (
          <li key={outcome} className={`badge ${TONES[outcome]}`} data-outcome={outcome} data-count={counts[outcome]}>
            {t(`told.${outcome}`)} {counts[outcome]}
          </li>
        ))}
      </ul>
      {ignored.length > 0 && <p className="muted">{t('roster.ignored', { columns: ignored.join('、') })}</p>}
      {shown.length > 0 && <Rows rows={shown} />}
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

function Rows({ rows }: Pick<ToldReport, 'rows'>) {
  const { t } = usePlatform();
  return (
    <div className="table-slot">
      <table className="list">
        <caption className="visually-hidden">{t('roster.seen')}</caption>
        <thead>
          <tr>
            <th scope="col" className="figures">
              {t('roster.row')}
            </th>
            <th scope="col">{t('told.own-id')}</th>
            <th scope="col">{t('workers.name')}</th>
            <th scope="col">{t('roster.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, ownId, name, outcome, problem, detail }) => (
            <tr key={row} data-row={row}>
              <td className="figures" data-title={t('roster.row')}>
                {row}
              </td>
              <td data-title={t('told.own-id')}>{ownId}</td>
              <td data-title={t('workers.name')}>{name}</td>
              <td data-title={t('roster.outcome')}>
                <span className={`badge ${TONES[outcome]}`}>{t(`told.${outcome}`)}</span>{' '}
                {problem && t(`told.problem.${problem}`)} {detail && <code>{detail}</code>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
