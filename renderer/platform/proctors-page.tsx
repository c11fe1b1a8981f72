import { useCallback, useState } from 'react';
import type { Answered } from '../../contract/platform/endpoint.ts';
import { proctorEndpoints, type Watcher } from '../../contract/platform/proctors.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { QrCode } from './qr-code.tsx';
import { ToldOnce } from './told-once.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type Invitation = Answered<typeof proctorEndpoints.invite>;

/** Who watches over exams of a firm. */
export function ProctorsPage() {
  return (
    <OfFirm screen="proctors" heading="proctors.title">
      {(firm) => <Proctors firm={firm} />}
    </OfFirm>
  );
}

function Proctors({ firm }: { readonly firm: Firm }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const load = useCallback(() => ask(proctorEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused, again } = useLoaded(load);
  const [invited, setInvited] = useState<Invitation & { readonly name: string }>();
  const invite = ({ id, name }: Watcher) =>
    run(async () => {
      const invitation = await ask(proctorEndpoints.invite, { params: { firm: firm.id, id } });
      setInvited({ ...invitation, name });
      again();
    });
  const endBadge = ({ id }: Watcher) =>
    run(async () => {
      await ask(proctorEndpoints.endBadge, { params: { firm: firm.id, id } });
      again();
    });
  return (
    <>
      {firm.isOwn && <AddProctor firm={firm} onAdded={again} onInvited={setInvited} />}
      <Problem refused={refused} />
      <Problem {...problem} />
      {value?.proctors.length === 0 && <p className="empty">{t('list.empty')}</p>}
      <ul className="rows boxed">
        {value?.proctors.map((one) => (
          <li key={one.id} data-proctor={one.name}>
            <span>
              <strong>{one.name}</strong> {one.number} · {t(`proctor.${one.role}`)}
            </span>
            <span className="deeds">
              <span className={one.pin ? 'badge good' : 'badge warn'}>
                {t(one.pin ? 'proctors.pin' : 'proctors.no-pin')}
              </span>
              {one.badge && <span className="badge">{t('proctors.badge')}</span>}
              {firm.isOwn && (
                <Button small action="invite-proctor" disabled={busy} onPress={() => invite(one)}>
                  {t(one.pin ? 'proctors.reset' : 'proctors.invite')}
                </Button>
              )}
              {firm.isOwn && one.badge && (
                <Button small action="end-badge" disabled={busy} onPress={() => endBadge(one)}>
                  {t('proctors.end-badge')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {invited && <InvitedDialog invitation={invited} onClose={() => setInvited(undefined)} />}
    </>
  );
}

type AddProps = {
  readonly firm: Firm;
  readonly onAdded: () => void;
  readonly onInvited: (invitation: Invitation & { readonly name: string }) => void;
};

/** Somebody is put in, and told a code with which they set their PIN: nobody else knows it. */
export function AddProctor({ firm, onAdded, onInvited }: AddProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [name, setName] = useState('');
  const [role, setRole] = useState('proctor');
  const add = () =>
    run(async () => {
      const body = { name: name.trim(), role: role === 'chief' ? ('chief' as const) : ('proctor' as const) };
      const { invitation } = await ask(proctorEndpoints.put, { params: { firm: firm.id }, body });
      if (invitation) onInvited({ ...invitation, name: body.name });
      setName('');
      onAdded();
    });
  return (
    <Form onSend={add}>
      <div className="fields">
        <TextField name="proctor" label={t('workers.name')} value={name} onChange={setName} required />
        <ChoiceField
          name="proctor-role"
          label={t('accounts.role')}
          value={role}
          onChange={setRole}
          choices={[
            { value: 'proctor', label: t('proctor.proctor') },
            { value: 'chief', label: t('proctor.chief') },
          ]}
        />
      </div>
      <Problem {...problem} />
      <div>
        <Button look="primary" submits action="add-proctor" disabled={busy}>
          {t('proctors.add')}
        </Button>
      </div>
    </Form>
  );
}

export function InvitedDialog({
  invitation: { name, number, code },
  onClose,
}: {
  readonly invitation: Invitation & { readonly name: string };
  readonly onClose: () => void;
}) {
  const { t } = usePlatform();
  const address = `${location.origin}/pin`;
  return (
    <Dialog title={t('proctors.invited', { name })} onClose={onClose}>
      <p>{t('proctors.how', { number })}</p>
      <div className="with-code">
        <QrCode text={address} label={address} />
        <p>
          <a href={address} target="_blank" rel="noreferrer">
            {address}
          </a>
        </p>
      </div>
      <ToldOnce label={t('proctors.code')} secret={code} />
      <div className="sheet-deeds">
        <Button look="primary" action="done" onPress={onClose}>
          {t('app.back')}
        </Button>
      </div>
    </Dialog>
  );
}
