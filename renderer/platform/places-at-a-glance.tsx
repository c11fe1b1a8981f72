import { useCallback, useId } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { Glance } from './at-a-glance.tsx';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';

/** What lies within somebody's reach, and who waits for a decision. */
export function PlacesAtAGlance() {
  const { t, ask } = usePlatform();
  const heading = useId();
  const load = useCallback(() => ask(organisationEndpoints.counts, {}), [ask]);
  const { value, refused } = useLoaded(load);
  return (
    <section className="part" aria-labelledby={heading}>
      <h2 id={heading}>{t('organisations.title')}</h2>
      <Problem refused={refused} />
      {value && value.applied > 0 && (
        <p>
          <a href={addressFor('organisations', '', { state: 'applied' })}>
            {t('start.applied', { count: value.applied })}
          </a>
        </p>
      )}
      {value && (
        <ul className="cards">
          {(
            [
              ['county', value.counties],
              ['street', value.streets],
              ['firm', value.firms],
              ['agency', value.agencies],
              ['room', value.rooms],
            ] as const
          ).map(([kind, count]) => (
            <Glance key={kind} count={count} label={t(`kind.${kind}`)} to={addressFor('organisations', '', { kind })} />
          ))}
        </ul>
      )}
    </section>
  );
}
