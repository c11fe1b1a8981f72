import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';

/** What somebody sees first: who they are here. */
export function StartPage() {
  const { t, me } = usePlatform();
  return (
    <Main screen="start" className="page">
      <h1>{t('start.hello', { name: me?.name ?? '' })}</h1>
      <ul className="roles">
        {me?.roles.map(({ role, organisationId, organisation }) => (
          <li key={`${role} ${organisationId}`}>
            <strong>{t(`role.${role}`)}</strong> {organisation}
          </li>
        ))}
      </ul>
    </Main>
  );
}
