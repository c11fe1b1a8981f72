import { useState } from 'react';
import { accountEndpoints, type LoginStep } from '../../contract/platform/accounts.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { loginOf } from './login-field.tsx';
import { canPasskeys, showPasskey } from './passkey.ts';
import { Problem } from './problem.tsx';
import { RefusedByCity } from './refused-by-city.tsx';
import { addressFor, cityReturnOf, goInstead } from './route.ts';
import { useDeed } from './use-deed.ts';

type Factor = Pick<Extract<LoginStep, { readonly step: 'factor' }>, 'ticket'> & { readonly factors: readonly string[] };

/** Whoever comes from the city's log-in may still need a second factor. */
const fromCity = (): Factor | undefined => {
  const back = cityReturnOf(location.hash);
  return back?.kind === 'factor' ? back : undefined;
};

/**
 * The way in: login and password, and then, of whoever has one, a second factor.
 * @param cityLogIn where the city's own log-in begins, where there is one
 */
export function LogInPage({ cityLogIn }: { readonly cityLogIn: string | null }) {
  const [factor, setFactor] = useState<Factor | undefined>(fromCity);
  const { setMe } = usePlatform();
  const onStep = (step: LoginStep) => {
    if (step.step === 'factor') return setFactor(step);
    // What came along with the address is used up.
    if (cityReturnOf(location.hash)) goInstead(addressFor('start'));
    return setMe(step.me);
  };
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
    run(async () => onStep(await ask(accountEndpoints.logIn, { body: { login: loginOf(login), password } })));
  return (
    <>
      <h1>{t('log-in.title')}</h1>
      <RefusedByCity />
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
      <PasskeyButton onStep={onStep} />
      {cityLogIn && (
        <a className="button secondary" href={cityLogIn} data-action="city-log-in">
          {t('log-in.city')}
        </a>
      )}
      <p>
        <a href={addressFor('register')}>{t('log-in.register')}</a>
      </p>
      <p className="muted">{t('log-in.forgotten')}</p>
    </>
  );
}

/** By itself, or as the second factor that a ticket asks for. */
function PasskeyButton({ ticket, onStep }: StepProps & { readonly ticket?: string }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [failed, setFailed] = useState(false);
  if (!canPasskeys()) return null;
  const show = () =>
    run(async () => {
      const asked = await ask(accountEndpoints.passkeyQuestion, { body: ticket ? { ticket } : {} });
      const passkey = await showPasskey(asked.options);
      setFailed(!passkey);
      if (passkey) onStep(await ask(accountEndpoints.factor, { body: { ticket: asked.ticket, passkey } }));
    });
  return (
    <>
      <Button action="passkey" disabled={busy} onPress={show}>
        {t('log-in.passkey')}
      </Button>
      {failed && <p role="status">{t('me.passkey-failed')}</p>}
      <Problem {...problem} />
    </>
  );
}

function SecondFactor({ factor, onStep }: StepProps & { readonly factor: Factor }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [recovering, setRecovering] = useState(!factor.factors.includes('totp'));
  const [typed, setTyped] = useState('');
  const send = () => {
    const given = recovering ? { recovery: typed.trim() } : { totp: typed.trim() };
    return run(async () => onStep(await ask(accountEndpoints.factor, { body: { ticket: factor.ticket, ...given } })));
  };
  return (
    <>
      <h1>{t('log-in.factor')}</h1>
      {factor.factors.includes('passkey') && <PasskeyButton ticket={factor.ticket} onStep={onStep} />}
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
      {factor.factors.includes('totp') && (
        <Button look="quiet" action="other-factor" onPress={() => setRecovering(!recovering)}>
          {t(recovering ? 'log-in.use-totp' : 'log-in.recovery')}
        </Button>
      )}
    </>
  );
}
