import { useCallback } from 'react';
import {
  BULLETIN_GROUPINGS,
  BulletinGrouping,
  type BulletinRow,
  bulletinEndpoints,
} from '../../contract/platform/bulletin.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { BulletinChart } from './bulletin-chart.tsx';
import { BulletinExports } from './bulletin-exports.tsx';
import { BulletinDeductions, BulletinFormula, BulletinWeightsForm } from './bulletin-parts.tsx';
import { periodChoices, periodOf, usualPeriod } from './bulletin-period.ts';
import { BulletinSchedules } from './bulletin-schedules.tsx';
import { BulletinTable } from './bulletin-table.tsx';
import { percent, points } from './bulletin-words.ts';
import { useHasRole, usePlatform } from './context.tsx';
import { ChoiceField } from './fields.tsx';
import { Filters, useFilter } from './filters.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';

/** What somebody looks at: it stands in the address, so that it can be sent to somebody. */
function useWish() {
  const supervises = useHasRole('platform', 'bureau', 'inspector', 'auditor');
  const [period, setPeriod] = useFilter('period');
  const [chosen, setGrouping] = useFilter('grouping');
  const [below] = useFilter('below');
  const [sector] = useFilter('sector');
  const grouping = BulletinGrouping.safeParse(chosen).data ?? (supervises ? 'county' : 'firm');
  return { period: period || usualPeriod(), setPeriod, grouping, setGrouping, below, sector, supervises };
}

/** 通报: who took part, by whom it is asked, with how it is scored. */
export function BulletinPage() {
  const { t, ask } = usePlatform();
  const { period, setPeriod, grouping, setGrouping, below, sector, supervises } = useWish();
  const runs = useHasRole('platform');
  const names = useHasRole('bureau', 'inspector', 'firm');
  const query = {
    ...{ ...periodOf(period), grouping, below: OrganisationId.safeParse(below).data },
    ...(sector ? { sector: sector === NO_SECTOR ? '' : sector } : {}),
  };
  const { from, to } = query;
  const load = useCallback(
    () => ask(bulletinEndpoints.read, { query: { from, to, grouping, below: query.below, sector: query.sector } }),
    [ask, from, to, grouping, query.below, query.sector],
  );
  const { value: bulletin, refused, again } = useLoaded(load);
  const peopleOf = (firm: string) => (names ? addressFor('bulletin-people', firm, { period }) : undefined);
  const into = ({ id, kind, name }: BulletinRow): string | undefined => {
    if (kind === 'firm' && id) return peopleOf(id);
    if (grouping === 'sector')
      return addressFor('bulletin', '', { period, grouping: 'firm', sector: name || NO_SECTOR });
    if (kind === 'county' && id) return addressFor('bulletin', '', { period, grouping: 'street', below: id });
    return id ? addressFor('bulletin', '', { period, grouping: 'firm', below: id }) : undefined;
  };
  return (
    <Main screen="bulletin" className="page">
      <div className="head">
        <h1>{t('bulletin.heading')}</h1>
        <BulletinExports key={JSON.stringify(query)} {...{ bulletin, wish: query }} />
      </div>
      <Filters>
        <ChoiceField
          {...{ name: 'period', label: t('bulletin.span'), value: period, onChange: setPeriod }}
          choices={periodChoices(t)}
        />
        {supervises && (
          <ChoiceField
            {...{ name: 'grouping', label: t('bulletin.grouping'), value: grouping, onChange: setGrouping }}
            choices={BULLETIN_GROUPINGS.map((one) => ({ value: one, label: t(`bulletin.by-${one}`) }))}
          />
        )}
        {(below || sector) && <a href={addressFor('bulletin', '', { period })}>{t('bulletin.all')}</a>}
      </Filters>
      <Problem refused={refused} />
      {!bulletin && !refused && <p role="status">{t('app.loading')}</p>}
      {bulletin && (
        <>
          <ul className="cards">
            {(['learning', 'sitting', 'passing'] as const).map((name) => (
              <li key={name} className="card">
                {t(`bulletin.${name}`)}
                <strong>{percent(bulletin.total[name])}</strong>
              </li>
            ))}
            <li className="card">
              {t('bulletin.group-score')}
              <strong>{points(bulletin.total.score)}</strong>
            </li>
          </ul>
          {bulletin.rows.length > 0 ? (
            <BulletinTable {...{ bulletin, into }} />
          ) : (
            <div className="empty">
              <p>{t('bulletin.empty')}</p>
            </div>
          )}
          <BulletinChart bulletin={bulletin} />
          <BulletinFormula bulletin={bulletin} />
          <BulletinDeductions {...{ bulletin, into: peopleOf }} />
          {runs && <BulletinWeightsForm weights={bulletin.weights} onPut={again} />}
        </>
      )}
      <BulletinSchedules {...{ below, grouping }} />
    </Main>
  );
}

/** In an address: firms of which nobody named a sector. */
const NO_SECTOR = '-';
