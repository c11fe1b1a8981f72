import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { FirmAtAGlance } from './firm-at-a-glance.tsx';
import { PlacesAtAGlance } from './places-at-a-glance.tsx';

const SUPERVISE: readonly string[] = ['platform', 'bureau', 'inspector', 'auditor'];
const KEEP: readonly string[] = ['firm', 'agency', 'room'];

/** What somebody sees first: who they are here, and what waits for them. */
export function StartPage() {
  const { t, me } = usePlatform();
  const roles = me?.roles ?? [];
  return (
    <Main screen="start" className="page">
      <h1>{t('start.hello', { name: me?.name ?? '' })}</h1>
      <ul className="roles">
        {roles.map(({ role, organisationId, organisation }) => (
          <li key={`${role} ${organisationId}`}>
            <strong>{t(`role.${role}`)}</strong> {organisation}
          </li>
        ))}
      </ul>
      {roles.some(({ role }) => SUPERVISE.includes(role)) && <PlacesAtAGlance />}
      {roles.map(
        ({ role, organisationId, organisation }) =>
          KEEP.includes(role) && (
            <FirmAtAGlance
              key={`${role} ${organisationId}`}
              id={organisationId}
              name={organisation}
              hasPeople={role !== 'room'}
            />
          ),
      )}
    </Main>
  );
}
