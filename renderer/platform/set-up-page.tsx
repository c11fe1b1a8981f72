import { useState } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { LoginField, loginOf } from './login-field.tsx';
import { Problem } from './problem.tsx';
import { addressFor, go } from './route.ts';
import { NewPassword } from './set-password.tsx';
import { useDeed } from './use-deed.ts';

/** An empty center: what the platform is called, and who runs it. The code shows that they have the machine. */
export function SetUpPage() {
  const { t, ask, setMe } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [person, setPerson] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState<string>();
  const send = () =>
    run(async () => {
      if (password === undefined) return;
      const body = {
        ...{ code: code.trim(), name: name.trim(), person: person.trim(), password },
        login: loginOf(login),
      };
      const step = await ask(accountEndpoints.setUp, { body });
      if (step.step === 'done') setMe(step.me);
      go(addressFor('set-up'));
    });
  return (
    <Main screen="set-up" className="page narrow">
      <h1>{t('set-up.title')}</h1>
      <p>{t('set-up.means')}</p>
      <Form onSend={send}>
        <TextField
          name="code"
          label={t('set-up.code')}
          hint={t('set-up.code-hint')}
          value={code}
          onChange={setCode}
          autoComplete="off"
          required
        />
        <TextField
          name="name"
          label={t('set-up.name')}
          hint={t('set-up.name-hint')}
          value={name}
          onChange={setName}
          required
        />
        <TextField
          name="person"
          label={t('set-up.person')}
          value={person}
          onChange={setPerson}
          autoComplete="name"
          required
        />
        <LoginField value={login} onChange={setLogin} />
        <NewPassword onType={setPassword} />
        <Problem {...problem} />
        <Button look="primary" submits action="set-up" disabled={busy || password === undefined}>
          {t('set-up.go')}
        </Button>
      </Form>
    </Main>
  );
}
