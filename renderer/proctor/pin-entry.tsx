import { type RefObject, useEffect, useRef, useState } from 'react';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Keypad, LetterPad } from '../design/keypad.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { WaitNote } from '../design/wait-note.tsx';

/** Digits, what a badge gave, or the recovery code. */
export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text) || text.length >= 19;

const LONGEST = 41;

type PinEntryProps = {
  readonly pin: string;
  /** What it is called, for whoever drives the page. */
  readonly name?: 'pin' | 'second';
  /** Whose PIN it is: an administrator has no badge. */
  readonly of?: 'pin' | 'administrator';
  readonly onPin: (pin: string) => void;
  /** What a badge gave: there is nothing more to type. */
  readonly onBadge?: (pin: string) => unknown;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
};

/** Who a proctor is: a PIN by keyboard or by touch, a badge on the reader, or the recovery code. */
export function PinEntry({ pin, name = 'pin', of = 'pin', onPin, onBadge = onPin, inputRef }: PinEntryProps) {
  const { t, badges } = usePage();
  const [letters, setLetters] = useState(false);
  const put = (text: string) => onPin(text.slice(0, LONGEST));
  const Pad = letters ? LetterPad : Keypad;
  return (
    <div className="pin-entry">
      <label className="field">
        {t(of === 'administrator' ? 'setup.administratorPin' : name === 'pin' ? 'proctor.pin' : 'proctor.second-pin')}
        <input
          type="password"
          autoComplete="off"
          value={pin}
          onChange={(event) => put(event.target.value)}
          name={name}
          maxLength={LONGEST}
          data-first={name === 'pin' ? true : undefined}
          {...(inputRef ? { ref: inputRef } : {})}
        />
      </label>
      <WaitNote of={of} />
      <Pad onDigit={(digit) => put(pin + digit)} onErase={() => put(pin.slice(0, -1))} />
      <div className="row pin-ways">
        {badges && of === 'pin' && <BadgeButton onBadge={onBadge} />}
        <Button small look="quiet" onPress={() => setLetters(!letters)} action="letters">
          {t(letters ? 'proctor.digits' : 'proctor.letters')}
        </Button>
      </div>
    </div>
  );
}

function BadgeButton({ onBadge }: { readonly onBadge: (pin: string) => unknown }) {
  const { t, station } = usePage();
  const { busy, refused, run } = useCall();
  const waiting = useRef(false);
  // The next card on the reader is a candidate's again.
  useEffect(
    () => () => {
      if (waiting.current) station.call('proctor.badge-stop', {}).catch(() => undefined);
    },
    [station],
  );
  const ask = async () => {
    waiting.current = true;
    let pin: string | undefined;
    await run(async () => {
      pin = (await station.call('proctor.badge', {})).pin;
    });
    waiting.current = false;
    if (pin) await onBadge(pin);
  };
  return (
    <>
      <Notice reason={refused} />
      <Button small icon="card" disabled={busy} onPress={ask} action="badge">
        {t(busy ? 'proctor.badge-wait' : 'proctor.badge')}
      </Button>
    </>
  );
}
