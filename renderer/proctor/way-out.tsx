import { type FormEvent, useState } from 'react';
import { LeaveAnswer } from '../../contract/page/shell-trouble.ts';
import { usePage } from '../context.ts';
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
      <button type="button" className="quiet way-out" onClick={() => setOpen(true)} data-action="way-out">
        管理员 / Administrator
      </button>
      {open && (
        <Dialog title={t('way-out.title')} onClose={() => setOpen(false)}>
          <form onSubmit={submit} className="type-number">
            <label>
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
            <Pad onDigit={(digit) => setCode(code + digit)} onErase={() => setCode(code.slice(0, -1))} />
            {answer?.reason && (
              <p className="notice warn" role="alert" data-reason={answer.reason}>
                {explain(answer.reason)} {seconds > 0 && t('proctor.wait', { seconds })}
              </p>
            )}
            <div className="row">
              <button type="submit" className="primary" disabled={code === ''} data-action="way-out-go">
                {t('way-out.go')}
              </button>
              <button type="button" className="quiet" onClick={() => setLetters(!letters)}>
                {t(letters ? 'proctor.digits' : 'proctor.letters')}
              </button>
              <button type="button" className="quiet" onClick={() => setOpen(false)}>
                {t('common.cancel')}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
