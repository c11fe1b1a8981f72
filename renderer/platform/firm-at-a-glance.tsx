import { useCallback, useId } from 'react';
import { firmEndpoints } from '../../contract/platform/firms.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { Glance } from './at-a-glance.tsx';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';

type FirmProps = {
  readonly id: OrganisationId;
  readonly name: string;
  /** Whether it has people of its own; a room has none. */
  readonly hasPeople: boolean;
};

/** What a firm has for its exams, and what is still missing. */
export function FirmAtAGlance({ id, name, hasPeople }: FirmProps) {
  const { t, ask } = usePlatform();
  const heading = useId();
  const load = useCallback(() => ask(firmEndpoints.counts, { params: { firm: id } }), [ask, id]);
  const { value, refused } = useLoaded(load);
  const at = (page: string) => addressFor(page, '', { firm: id });
  const missing = (key: 'start.no-photo' | 'start.no-pin' | 'start.silent', count: number) =>
    count > 0 ? t(key, { count }) : undefined;
  return (
    <section className="part" aria-labelledby={heading}>
      <h2 id={heading}>{name}</h2>
      <Problem refused={refused} />
      {hasPeople && value?.sat === 0 && (
        <p>
          {t('start.begin')} <a href={addressFor('set-up')}>{t('steps.title')}</a>
        </p>
      )}
      {value && (
        <ul className="cards">
          {hasPeople && (
            <Glance
              count={value.workers}
              label={t('workers.title')}
              to={at('workers')}
              waits={missing('start.no-photo', value.workers - value.photographed)}
            />
          )}
          <Glance
            count={value.proctors}
            label={t('proctors.title')}
            to={at('proctors')}
            waits={missing('start.no-pin', value.proctors - value.ready)}
          />
          <Glance
            count={value.stations}
            label={t('stations.title')}
            to={at('stations')}
            waits={missing('start.silent', value.stations - value.heard)}
          />
          {hasPeople && <Glance count={value.exams} label={t('exams.title')} to={at('exams')} />}
          {hasPeople && <Glance count={value.sat} label={t('results.title')} to={addressFor('results')} />}
        </ul>
      )}
    </section>
  );
}
