import { type FormEvent, useState } from 'react';
import { UnlockCode } from '../../contract/words/proctoring.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Keypad } from '../design/keypad.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { WaitNote } from '../design/wait-note.tsx';

const DIGITS = 6;

/** A candidate unlocks the exam with the code that the proctor told the room. */
export function UnlockCodeEntry() {
  const { t, station } = usePage();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState('');
  const { busy, refused, run } = useCall();
  const whole = UnlockCode.safeParse(code).success;
  const type = (text: string) => setCode(text.replace(/\D/g, '').slice(0, DIGITS));
  const close = () => {
    setOpen(false);
    setCode('');
  };
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    if (!whole || busy) return;
    if (await run(() => station.call('unlock.code', { code }))) close();
    else setCode('');
  };
  return (
    <>
      <Button look="primary" icon="keys" onPress={() => setOpen(true)} action="code">
        {t('unlock.code')}
      </Button>
      {open && (
        <Dialog title={t('unlock.code-title')} onClose={close}>
          <form onSubmit={begin} className="code-entry">
            <label className="field">
              {t('unlock.code-hint')}
              <input
                inputMode="numeric"
                autoComplete="off"
                value={code}
                onChange={(event) => type(event.target.value)}
                name="code"
                data-first
              />
            </label>
            <WaitNote of="code" />
            <Notice reason={refused} />
            <Keypad onDigit={(digit) => type(code + digit)} onErase={() => type(code.slice(0, -1))} />
            <div className="sheet-deeds">
              <Button look="primary" submits disabled={!whole || busy} action="code-go">
                {t(busy ? 'unlock.asking' : 'unlock.code-go')}
              </Button>
              <Button look="quiet" onPress={close}>
                {t('common.cancel')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
