import { useState } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form } from './fields.tsx';
import { LoginField, loginOf } from './login-field.tsx';
import { detailsOf, NOTHING_TYPED, OrganisationFields } from './organisation-fields.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';
import { NewPassword } from './set-password.tsx';
import { useDeed } from './use-deed.ts';
import { usePlaces } from './use-lists.ts';
import { kindWord } from './words-of.ts';

const KINDS = ['firm', 'agency'] as const;

/** A firm registers itself: what it is, where it lies, and who will log in for it once it is approved. */
export function RegisterPage() {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const places = usePlaces();
  const [kind, setKind] = useState<string>('firm');
  const [place, setPlace] = useState('');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState<string>();
  const [registered, setRegistered] = useState(false);
  const send = () =>
    run(async () => {
      if (password === undefined) return;
      const { licence, ...details } = detailsOf(typed);
      const who = { login: loginOf(login), password };
      const where = { kind: KINDS.find((one) => one === kind) ?? 'firm', parentId: OrganisationId.parse(place) };
      await ask(organisationEndpoints.register, { body: { ...details, ...who, ...where, licence: licence ?? '' } });
      setRegistered(true);
    });
  if (registered)
    return (
      <Main screen="registered" className="page narrow">
        <h1>{t('registration.sent')}</h1>
        <p>{t('registration.sent-means', { login })}</p>
        <a href={addressFor('start')}>{t('log-in.title')}</a>
      </Main>
    );
  return (
    <Main screen="register" className="page narrow">
      <h1>{t('log-in.register')}</h1>
      <Form onSend={send}>
        <ChoiceField
          name="kind"
          label={t('organisations.kind')}
          value={kind}
          onChange={setKind}
          choices={KINDS.map((one) => ({ value: one, label: t(kindWord(one)) }))}
        />
        <ChoiceField
          name="place"
          label={t('organisations.place')}
          value={place}
          onChange={setPlace}
          choices={[{ value: '', label: t('registration.choose-place') }, ...places]}
          required
        />
        <OrganisationFields typed={typed} onType={setTyped} licensed licenceRequired />
        <h2>{t('registration.who')}</h2>
        <LoginField value={login} onChange={setLogin} />
        <NewPassword onType={setPassword} />
        <Problem {...problem} />
        <Button look="primary" submits action="register" disabled={busy || password === undefined || place === ''}>
          {t('registration.send')}
        </Button>
      </Form>
      <a href={addressFor('start')}>{t('log-in.title')}</a>
    </Main>
  );
}
