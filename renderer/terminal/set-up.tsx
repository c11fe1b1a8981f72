import { type FormEvent, useCallback, useEffect, useState } from 'react';
import type { SetUp, SetUpSeen } from '../../contract/page/provision.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { isPin, PinEntry } from '../proctor/pin-entry.tsx';
import { SetUpForm } from './set-up-form.tsx';

type SetUpProps = {
  readonly how: SetUp;
  readonly onDone: (recoveryCode: string | undefined) => void;
  readonly onBack?: (() => void) | undefined;
};

/** What this terminal is: asked of whoever stands before a new one, later of its administrator. */
export function SetUpScreen({ how, onDone, onBack }: SetUpProps) {
  const { t, station } = usePage();
  const [seen, setSeen] = useState<SetUpSeen>();
  const { busy, refused, run } = useCall();
  const enter = useCallback(
    async (pin?: string) => setSeen(await station.call('provision.enter', pin === undefined ? {} : { pin })),
    [station],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, as soon as it stands there
  useEffect(() => {
    if (how === 'needed') void run(() => enter());
  }, [how]);
  return (
    <Main screen="set-up" className="staff-screen set-up-screen">
      <h1>{t(how === 'needed' ? 'setup.title' : 'setup.change')}</h1>
      <p className="lead">{t(how === 'needed' ? 'setup.hint' : 'setup.change-hint')}</p>
      {seen ? (
        <SetUpForm seen={seen} onDone={onDone} onBack={onBack} />
      ) : (
        <>
          <Notice reason={refused} />
          {how === 'by-administrator' && (
            <EnterPin busy={busy} onPin={(pin) => run(() => enter(pin))} onBack={onBack} />
          )}
        </>
      )}
    </Main>
  );
}

type EnterPinProps = {
  readonly busy: boolean;
  readonly onPin: (pin: string) => Promise<boolean>;
  readonly onBack: (() => void) | undefined;
};

function EnterPin({ busy, onPin, onBack }: EnterPinProps) {
  const { t } = usePage();
  const [pin, setPin] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await onPin(pin))) setPin('');
  };
  return (
    <form onSubmit={submit} className="pin-step">
      <PinEntry pin={pin} of="administrator" onPin={setPin} />
      <div className="row">
        <Button look="primary" submits disabled={busy || !isPin(pin)} action="set-up-enter">
          {t('setup.enter')}
        </Button>
        <Button look="quiet" onPress={onBack}>
          {t('common.back')}
        </Button>
      </div>
    </form>
  );
}
