import { useCallback } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { InvitationPage } from './invitation-page.tsx';
import { LogInPage } from './log-in-page.tsx';
import { PhotoLinkPage } from './photo-link-page.tsx';
import { Problem } from './problem.tsx';
import { RegisterPage } from './register-page.tsx';
import { useRoute } from './route.ts';
import { SetUpPage } from './set-up-page.tsx';

/** Before anybody is known: an empty center is set up, an invitation is taken up, a firm registers, everybody else logs in. */
export function FrontDoor() {
  const { ask, t } = usePlatform();
  const { page, id } = useRoute();
  const load = useCallback(() => ask(accountEndpoints.welcome, {}), [ask]);
  const { value, refused } = useLoaded(load);
  if (page === 'photo') return <PhotoLinkPage key={id} secret={id} />;
  if (page === 'invitation') return <InvitationPage key={id} secret={id} />;
  if (!value)
    return (
      <Main screen="loading" className="page">
        <Problem refused={refused} />
        {!refused && <p>{t('app.loading')}</p>}
      </Main>
    );
  if (!value.isSetUp) return <SetUpPage />;
  return page === 'register' ? <RegisterPage /> : <LogInPage cityLogIn={value.oidc} />;
}
