import { usePage } from '../context.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** Crockford's: what the recovery code is made of. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');

type KeypadProps = {
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly extra?: string;
};

/** Digits to touch, for a terminal without a keyboard. */
export function Keypad({ onDigit, onErase, extra }: KeypadProps) {
  return (
    <div className="keypad">
      {DIGITS.map((digit) => (
        <Key key={digit} label={digit} onPress={onDigit} />
      ))}
      {extra ? <Key label={extra} onPress={onDigit} /> : <span />}
      <Key label="0" onPress={onDigit} />
      <Erase onErase={onErase} />
    </div>
  );
}

/** Letters and digits of a code to touch. */
export function LetterPad({ onDigit, onErase }: Omit<KeypadProps, 'extra'>) {
  return (
    <div className="keypad letters">
      {LETTERS.map((letter) => (
        <Key key={letter} label={letter} onPress={onDigit} />
      ))}
      <Erase onErase={onErase} />
    </div>
  );
}

function Key({ label, onPress }: { readonly label: string; readonly onPress: (label: string) => void }) {
  return (
    <button type="button" onClick={() => onPress(label)}>
      {label}
    </button>
  );
}

function Erase({ onErase }: { readonly onErase: () => void }) {
  const { t } = usePage();
  return (
    <button type="button" onClick={onErase} aria-label={t('type.erase')}>
      ⌫
    </button>
  );
}
