import { useState } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import type { Organisation } from '../../contract/platform/organisations.ts';
import { Role } from '../../contract/platform/roles.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { LoginField, loginOf } from './login-field.tsx';
import { Problem } from './problem.tsx';
import { invitationLink, ToldOnce } from './told-once.tsx';
import { useDeed } from './use-deed.ts';

/** What somebody may be at an organisation of a kind, the most usual first. */
const ROLES_AT: Readonly<Record<Organisation['kind'], readonly [Role, ...Role[]]>> = {
  platform: ['platform', 'inspector', 'auditor'],
  county: ['bureau', 'inspector', 'auditor'],
  street: ['bureau', 'inspector', 'auditor'],
  firm: ['firm', 'proctor'],
  agency: ['agency', 'proctor'],
  vendor: ['auditor'],
  room: ['room', 'proctor'],
};

type InviteProps = {
  readonly organisation: Pick<Organisation, 'id' | 'name' | 'kind'>;
  readonly onInvited: () => void;
  readonly onClose: () => void;
};

/** Somebody is asked to log in for an organisation: they get a link, by whatever way whoever invites them chooses. */
export function InviteDialog({ organisation, onInvited, onClose }: InviteProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const roles = ROLES_AT[organisation.kind];
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<string>(roles[0]);
  const [secret, setSecret] = useState<string>();
  const send = () =>
    run(async () => {
      const wish = { role: Role.parse(role), organisationId: organisation.id };
      const body = { name: name.trim(), login: loginOf(login), roles: [wish] };
      setSecret((await ask(accountEndpoints.invite, { body })).secret);
    });
  const close = () => (secret ? onInvited() : onClose());
  return (
    <Dialog title={t('accounts.invite-to', { organisation: organisation.name })} onClose={close}>
      {secret ? (
        <>
          <ToldOnce label={t('accounts.link')} secret={invitationLink(secret)} />
          <div className="sheet-deeds">
            <Button look="primary" action="done" onPress={close}>
              {t('app.back')}
            </Button>
          </div>
        </>
      ) : (
        <Form onSend={send}>
          <TextField name="name" label={t('accounts.name')} value={name} onChange={setName} required />
          <LoginField value={login} onChange={setLogin} own={false} />
          <ChoiceField
            name="role"
            label={t('accounts.role')}
            value={role}
            onChange={setRole}
            choices={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          />
          <Problem {...problem} />
          <div className="sheet-deeds">
            <Button action="cancel" onPress={onClose}>
              {t('app.cancel')}
            </Button>
            <Button look="primary" submits action="send-invitation" disabled={busy}>
              {t('accounts.invite')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
