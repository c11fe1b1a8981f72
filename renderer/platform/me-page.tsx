import { useCallback, useState } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import type { LoginId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { CityLink, Passkeys } from './me-factors.tsx';
import { PictureKeys } from './picture-keys.tsx';
import { Problem } from './problem.tsx';
import { NewPassword } from './set-password.tsx';
import { ToldOnce } from './told-once.tsx';
import { useDeed } from './use-deed.ts';

/** One's own log-in: password, authenticator, where one is logged in. */
export function MePage() {
  const { t, me } = usePlatform();
  return (
    <Main screen="me" className="page">
      <h1>{t('me.title')}</h1>
      <dl className="facts">
        <dt>{t('accounts.name')}</dt>
        <dd>{me?.name}</dd>
        <dt>{t('log-in.login')}</dt>
        <dd>{me?.login}</dd>
        <dt>{t('me.factors')}</dt>
        <dd>{me?.factors.map((one) => t(`factor.${one}`)).join(', ') || t('app.none')}</dd>
      </dl>
      <ChangePassword />
      <Authenticator />
      <Passkeys />
      <CityLink />
      <PictureKeys />
      <Sessions />
    </Main>
  );
}

function ChangePassword() {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [before, setBefore] = useState('');
  const [password, setPassword] = useState<string>();
  const [round, setRound] = useState(0);
  const send = async () => {
    if (password === undefined) return;
    const done = await run(() => ask(accountEndpoints.changePassword, { body: { before, password } }));
    if (!done) return;
    setBefore('');
    setPassword(undefined);
    setRound(round + 1);
  };
  return (
    <section className="part" aria-labelledby="password">
      <h2 id="password">{t('password.change')}</h2>
      <Form onSend={send}>
        <div className="fields">
          <TextField
            name="before"
            type="password"
            label={t('password.before')}
            value={before}
            onChange={setBefore}
            autoComplete="current-password"
            required
          />
          <NewPassword key={round} onType={setPassword} />
        </div>
        <Problem {...problem} />
        {round > 0 && password === undefined && <p role="status">{t('app.saved')}</p>}
        <div>
          <Button submits action="change-password" disabled={busy || password === undefined}>
            {t('password.change')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Authenticator() {
  const { t, ask, setMe } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [begun, setBegun] = useState<{ readonly secret: string; readonly uri: string }>();
  const [totp, setTotp] = useState('');
  const [recovery, setRecovery] = useState<readonly string[]>();
  const begin = () => run(async () => setBegun(await ask(accountEndpoints.beginTotp, {})));
  const confirm = () =>
    run(async () => {
      setRecovery((await ask(accountEndpoints.confirmTotp, { body: { totp: totp.trim() } })).recovery);
      setMe(await ask(accountEndpoints.me, {}));
    });
  return (
    <section className="part" aria-labelledby="authenticator">
      <h2 id="authenticator">{t('me.authenticator')}</h2>
      <p className="muted">{t('me.authenticator-means')}</p>
      {recovery && <ToldOnce label={t('me.recovery-codes')} secret={recovery.join(' ')} />}
      {!begun && (
        <div>
          <Button action="begin-totp" disabled={busy} onPress={begin}>
            {t('me.authenticator-begin')}
          </Button>
        </div>
      )}
      {begun && !recovery && (
        <Form onSend={confirm}>
          <ToldOnce label={t('me.authenticator-secret')} secret={begun.secret} />
          <a href={begun.uri}>{t('me.authenticator-open')}</a>
          <TextField
            name="totp"
            label={t('log-in.totp')}
            value={totp}
            onChange={setTotp}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
          />
          <div>
            <Button look="primary" submits action="confirm-totp" disabled={busy}>
              {t('me.authenticator-confirm')}
            </Button>
          </div>
        </Form>
      )}
      <Problem {...problem} />
    </section>
  );
}

function Sessions() {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const load = useCallback(() => ask(accountEndpoints.sessions, {}), [ask]);
  const { value, again } = useLoaded(load);
  const seen = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const end = (id: LoginId) =>
    run(async () => {
      await ask(accountEndpoints.endSession, { params: { id } });
      again();
    });
  return (
    <section className="part" aria-labelledby="sessions">
      <h2 id="sessions">{t('me.sessions')}</h2>
      <ul className="rows">
        {value?.sessions.map((session) => (
          <li key={session.id}>
            <span>
              {session.browser} · {session.address} · {seen.format(new Date(session.seen))}
            </span>
            {session.isThis ? (
              <span className="badge good">{t('me.this-session')}</span>
            ) : (
              <Button small action="end-session" disabled={busy} onPress={() => end(session.id)}>
                {t('me.end-session')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem {...problem} />
    </section>
  );
}
