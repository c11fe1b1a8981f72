import { type ReactNode, useState } from 'react';
import type { Bulletin, BulletinRow } from '../../contract/platform/bulletin.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';
import { Button } from '../design/button.tsx';
import { percent, points, rowName } from './bulletin-words.ts';
import { usePlatform } from './context.tsx';

type Column = {
  readonly title: PlatformKey;
  readonly figures: boolean;
  readonly cell: (row: BulletinRow) => ReactNode;
};

/** As many as are read on a screen; all of them on paper. */
const FIRST = 100;

function Rate({ rate }: { readonly rate: number | null }) {
  return (
    <span className="rate">
      {percent(rate)}
      <svg viewBox="0 0 100 6" aria-hidden="true" preserveAspectRatio="none">
        <rect className="whole" width="100" height="6" />
        <rect className="part" width={(rate ?? 0) * 100} height="6" />
      </svg>
    </span>
  );
}

/** Where it was against the period before: by its score, and by its rank in words. */
function Trend({ row: { score, rank, before } }: { readonly row: BulletinRow }) {
  const { t } = usePlatform();
  if (score === null || before.score === null) return <>–</>;
  const by = Math.round((score - before.score) * 100) / 100;
  const places = rank !== null && before.rank !== null ? before.rank - rank : 0;
  const word = places > 0 ? t('bulletin.up', { by: places }) : places < 0 ? t('bulletin.down', { by: -places }) : '';
  return (
    <span className={by > 0 ? 'rose' : by < 0 ? 'fell' : ''}>
      {by === 0 ? t('bulletin.same') : `${by > 0 ? '+' : '−'}${Math.abs(by).toFixed(2)}`}
      {word && <small> {word}</small>}
    </span>
  );
}

type TableProps = {
  readonly bulletin: Bulletin;
  /** Where somebody goes who wants to know more of a row. */
  readonly into: (row: BulletinRow) => string | undefined;
};

export function BulletinTable({ bulletin, into }: TableProps) {
  const { t } = usePlatform();
  const [all, setAll] = useState(false);
  const { rows, total, grouping } = bulletin;
  const columns: readonly Column[] = [
    { title: 'bulletin.rank', figures: true, cell: ({ rank }) => rank ?? '–' },
    {
      ...{ title: 'bulletin.name', figures: false },
      cell: (row) => {
        const to = into(row);
        const name = rowName(t, row, grouping);
        return to ? <a href={to}>{name}</a> : name;
      },
    },
    ...(grouping === 'street' || grouping === 'firm'
      ? [{ title: 'bulletin.within' as const, figures: false, cell: ({ within }: BulletinRow) => within ?? '' }]
      : []),
    { title: 'bulletin.to-learn', figures: true, cell: ({ toLearn }) => toLearn },
    { title: 'bulletin.learned', figures: true, cell: ({ learned }) => learned },
    { title: 'bulletin.learning', figures: true, cell: ({ learning }) => <Rate rate={learning} /> },
    { title: 'bulletin.to-sit', figures: true, cell: ({ toSit }) => toSit },
    { title: 'bulletin.sat', figures: true, cell: ({ sat }) => sat },
    { title: 'bulletin.sitting', figures: true, cell: ({ sitting }) => <Rate rate={sitting} /> },
    { title: 'bulletin.passed', figures: true, cell: ({ passed }) => passed },
    { title: 'bulletin.passing', figures: true, cell: ({ passing }) => <Rate rate={passing} /> },
    { title: 'bulletin.score', figures: true, cell: ({ score }) => <strong>{points(score)}</strong> },
    { title: 'bulletin.trend', figures: true, cell: (row) => <Trend row={row} /> },
    { title: 'bulletin.deductions', figures: true, cell: ({ deductions }) => deductions },
  ];
  const cells = (row: BulletinRow, sum: boolean) =>
    columns.map(({ title, figures, cell }) => (
      <td key={title} data-title={t(title)} className={figures ? 'figures' : undefined}>
        {sum && title === 'bulletin.name' ? t('bulletin.sum') : cell(row)}
      </td>
    ));
  return (
    <>
      <section aria-label={t('bulletin.heading')}>
        <div className="table-slot">
          <table className="list bulletin">
            <caption className="visually-hidden">{t('bulletin.heading')}</caption>
            <thead>
              <tr>
                {columns.map(({ title, figures }) => (
                  <th key={title} scope="col" className={figures ? 'figures' : undefined}>
                    {t(title)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(all ? rows : rows.slice(0, FIRST)).map((row) => (
                <tr key={row.id ?? row.name} data-row={row.id ?? row.name}>
                  {cells(row, false)}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>{cells(total, true)}</tr>
            </tfoot>
          </table>
        </div>
      </section>
      {!all && rows.length > FIRST && (
        <Button action="show-all" onPress={() => setAll(true)}>
          {t('bulletin.show-all', { count: rows.length })}
        </Button>
      )}
    </>
  );
}
