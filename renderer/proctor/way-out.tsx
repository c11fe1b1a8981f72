import { type FormEvent, useState } from 'react';
import { LeaveAnswer } from '../../contract/page/shell-trouble.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Keypad, LetterPad } from '../design/keypad.tsx';

/** For an administrator, where there is no station that could ask who it is: the kiosk's shell does. */
export function WayOut() {
  const { t, explain } = usePage();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState('');
  const [letters, setLetters] = useState(false);
  const [answer, setAnswer] = useState<LeaveAnswer>();
  const { leave } = window.examStation ?? {};
  if (!leave) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAnswer(LeaveAnswer.safeParse(await leave(code)).data);
    setCode('');
  };
  const Pad = letters ? LetterPad : Keypad;
  const seconds = Math.ceil((answer?.waitMs ?? 0) / 1_000);
  return (
    <>
      <Button look="quiet" small onPress={() => setOpen(true)} action="way-out">
        {t('way-out.button')}
      </Button>
      {open && (
        <Dialog title={t('way-out.title')} onClose={() => setOpen(false)}>
          <form onSubmit={submit} className="code-entry">
            <label className="field">
              {t('way-out.code')}
              <input
                type="password"
                name="way-out"
                autoComplete="off"
                maxLength={41}
                value={code}
                onChange={(event) => setCode(event.target.value)}
                data-first
              />
            </label>
            {answer?.reason && (
              <p className="notice warn" role="alert" data-reason={answer.reason}>
                {explain(answer.reason)} {seconds > 0 && t('proctor.wait', { seconds })}
              </p>
            )}
            <Pad onDigit={(digit) => setCode(code + digit)} onErase={() => setCode(code.slice(0, -1))} />
            <div className="sheet-deeds">
              <Button look="primary" submits disabled={code === ''} action="way-out-go">
                {t('way-out.go')}
              </Button>
              <Button look="quiet" onPress={() => setLetters(!letters)}>
                {t(letters ? 'proctor.digits' : 'proctor.letters')}
              </Button>
              <Button look="quiet" onPress={() => setOpen(false)}>
                {t('common.cancel')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
