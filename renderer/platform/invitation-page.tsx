import { useCallback, useState } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Form } from './fields.tsx';
import { Problem } from './problem.tsx';
import { addressFor, go } from './route.ts';
import { NewPassword } from './set-password.tsx';
import { useDeed } from './use-deed.ts';

/** Whoever was invited, or forgot their password, sets one here, and is in. */
export function InvitationPage({ secret }: { readonly secret: string }) {
  const { t, ask, setMe } = usePlatform();
  const load = useCallback(() => ask(accountEndpoints.invitation, { body: { secret } }), [ask, secret]);
  const { value, refused } = useLoaded(load);
  const { busy, run, ...problem } = useDeed();
  const [password, setPassword] = useState<string>();
  const send = () =>
    run(async () => {
      if (password === undefined) return;
      const step = await ask(accountEndpoints.accept, { body: { secret, password } });
      if (step.step === 'done') setMe(step.me);
      go(addressFor('start'));
    });
  return (
    <Main screen="invitation" className="page narrow">
      <h1>{t(value?.purpose === 'recover' ? 'invitation.recover' : 'invitation.title')}</h1>
      <Problem refused={refused} />
      {value && (
        <Form onSend={send}>
          <p>{t('invitation.for', { name: value.name, organisation: value.organisation })}</p>
          <p>
            {t('log-in.login')}: <strong>{value.login}</strong>
          </p>
          <NewPassword onType={setPassword} />
          <Problem {...problem} />
          <Button look="primary" submits action="accept" disabled={busy || password === undefined}>
            {t('invitation.accept')}
          </Button>
        </Form>
      )}
      {refused && <a href={addressFor('start')}>{t('app.to-start')}</a>}
    </Main>
  );
}
