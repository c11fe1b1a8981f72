import { useEffect, useRef, useState } from 'react';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Keypad, LetterPad } from '../design/keypad.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { WaitNote } from '../design/wait-note.tsx';

/** Of one proctor, and of another where two are needed. */
export type Pins = { readonly pin: string; readonly second: string };
export const NO_PINS: Pins = { pin: '', second: '' };

/** Digits, what a badge gave, or the recovery code. */
export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text) || text.length >= 19;

const LONGEST = 41;

type PinEntryProps = {
  readonly pins: Pins;
  /** Whether two proctors are needed. */
  readonly two: boolean;
  /** Whose PIN it is: an administrator has no badge. */
  readonly of?: 'pin' | 'administrator';
  readonly onPins: (change: (before: Pins) => Pins) => void;
};

/** Who a proctor is: a PIN by keyboard or by touch, a badge on the reader, or the recovery code. */
export function PinEntry({ pins, two, of = 'pin', onPins }: PinEntryProps) {
  const { t, station, badges } = usePage();
  const [typing, setTyping] = useState<keyof Pins>('pin');
  const [letters, setLetters] = useState(false);
  const { busy, refused, run } = useCall();
  const at = two ? typing : 'pin';
  const put = (name: keyof Pins, text: string) => onPins((before) => ({ ...before, [name]: text.slice(0, LONGEST) }));
  const waiting = useRef(false);
  // The next card on the reader is a candidate's again.
  useEffect(
    () => () => {
      if (waiting.current) station.call('proctor.badge-stop', {}).catch(() => undefined);
    },
    [station],
  );
  const askForBadge = async () => {
    waiting.current = true;
    await run(async () => put(at, (await station.call('proctor.badge', {})).pin));
    waiting.current = false;
  };
  const field = (name: keyof Pins) => (
    <label className="field">
      {t(name === 'pin' ? 'proctor.pin' : 'proctor.second-pin')}
      <input
        type="password"
        autoComplete="off"
        value={pins[name]}
        onFocus={() => setTyping(name)}
        className={two && name === at ? 'typing' : undefined}
        onChange={(event) => put(name, event.target.value)}
        name={name}
        maxLength={LONGEST}
        data-first={name === 'pin' ? true : undefined}
      />
    </label>
  );
  const Pad = letters ? LetterPad : Keypad;
  return (
    <div className="proctor-side">
      {field('pin')}
      {two && field('second')}
      <WaitNote of={of} />
      <Pad onDigit={(digit) => put(at, pins[at] + digit)} onErase={() => put(at, pins[at].slice(0, -1))} />
      <Notice reason={refused} />
      <div className="row">
        {badges && of === 'pin' && (
          <Button small icon="card" disabled={busy} onPress={askForBadge} action="badge">
            {t(busy ? 'proctor.badge-wait' : 'proctor.badge')}
          </Button>
        )}
        <Button small look="quiet" onPress={() => setLetters(!letters)} action="letters">
          {t(letters ? 'proctor.digits' : 'proctor.letters')}
        </Button>
      </div>
    </div>
  );
}
