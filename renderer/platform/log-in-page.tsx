import { useState } from 'react';
import { accountEndpoints, type LoginStep } from '../../contract/platform/accounts.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';
import { useDeed } from './use-deed.ts';

type Factor = Extract<LoginStep, { readonly step: 'factor' }>;

/**
 * The way in: login and password, and then, of whoever has one, a second factor.
 * @param cityLogIn what the city's own log-in is called, where there is one
 */
export function LogInPage({ cityLogIn }: { readonly cityLogIn: string | null }) {
  const [factor, setFactor] = useState<Factor>();
  const { setMe } = usePlatform();
  const onStep = (step: LoginStep) => (step.step === 'done' ? setMe(step.me) : setFactor(step));
  return (
    <Main screen={factor ? 'factor' : 'log-in'} className="page narrow">
      {factor ? <SecondFactor factor={factor} onStep={onStep} /> : <Password onStep={onStep} cityLogIn={cityLogIn} />}
    </Main>
  );
}

type StepProps = { readonly onStep: (step: LoginStep) => void };

function Password({ onStep, cityLogIn }: StepProps & { readonly cityLogIn: string | null }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const send = () =>
    run(async () =>
      onStep(await ask(accountEndpoints.logIn, { body: { login: login.trim().toLowerCase(), password } })),
    );
  return (
    <>
      <h1>{t('log-in.title')}</h1>
      <Form onSend={send}>
        <TextField
          name="login"
          label={t('log-in.login')}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          required
        />
        <TextField
          name="password"
          type="password"
          label={t('log-in.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          required
        />
        <Problem {...problem} />
        <Button look="primary" submits action="log-in" disabled={busy}>
          {t('log-in.go')}
        </Button>
      </Form>
      {cityLogIn && (
        <a className="button secondary" href="/v1/platform/oidc/start" data-action="city-log-in">
          {t('log-in.city', { name: cityLogIn })}
        </a>
      )}
      <p>
        <a href={addressFor('register')}>{t('log-in.register')}</a>
      </p>
      <p className="muted">{t('log-in.forgotten')}</p>
    </>
  );
}

function SecondFactor({ factor, onStep }: StepProps & { readonly factor: Factor }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [recovering, setRecovering] = useState(false);
  const [typed, setTyped] = useState('');
  const send = () => {
    const given = recovering ? { recovery: typed.trim() } : { totp: typed.trim() };
    return run(async () => onStep(await ask(accountEndpoints.factor, { body: { ticket: factor.ticket, ...given } })));
  };
  return (
    <>
      <h1>{t('log-in.factor')}</h1>
      <Form onSend={send}>
        <TextField
          name={recovering ? 'recovery' : 'totp'}
          label={t(recovering ? 'log-in.recovery-code' : 'log-in.totp')}
          value={typed}
          onChange={setTyped}
          autoComplete="one-time-code"
          {...(recovering ? {} : { inputMode: 'numeric' })}
          required
        />
        <Problem {...problem} />
        <Button look="primary" submits action="confirm-factor" disabled={busy}>
          {t('log-in.go')}
        </Button>
      </Form>
      <Button look="quiet" action="other-factor" onPress={() => setRecovering(!recovering)}>
        {t(recovering ? 'log-in.use-totp' : 'log-in.recovery')}
      </Button>
    </>
  );
}
