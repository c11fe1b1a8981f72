import { Button as AriaButton } from 'react-aria-components/Button';
import { usePage } from '../context.ts';
import { Icon } from './icons.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** Crockford's: what the recovery code is made of. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');

type KeypadProps = {
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly extra?: string;
};

/** Digits to touch, for a terminal without a keyboard. The same on every screen. */
export function Keypad({ onDigit, onErase, extra }: KeypadProps) {
  return (
    <div className="keypad">
      {DIGITS.map((digit) => (
        <Key key={digit} label={digit} onPress={onDigit} />
      ))}
      {extra ? <Key label={extra} onPress={onDigit} /> : <span />}
      <Key label="0" onPress={onDigit} />
      <EraseKey onErase={onErase} />
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
      <EraseKey onErase={onErase} />
    </div>
  );
}

const ALPHABET = '1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-'.split('');

/** All figures and letters, and the dash: what numbers of passports and of staff are made of. */
export function AlphabetPad({ onDigit, onErase }: Omit<KeypadProps, 'extra'>) {
  return (
    <div className="keypad letters alphabet">
      {ALPHABET.map((letter) => (
        <Key key={letter} label={letter} onPress={onDigit} />
      ))}
      <EraseKey onErase={onErase} />
    </div>
  );
}

type KeyProps = {
  readonly label: string;
  readonly onPress: (label: string) => void;
  readonly className?: string;
  readonly pressed?: boolean;
};

export function Key({ label, onPress, className = '', pressed }: KeyProps) {
  return (
    <AriaButton
      className={`key ${className}`}
      onPress={() => onPress(label)}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      data-key={label}
    >
      {label}
    </AriaButton>
  );
}

export function EraseKey({ onErase }: Pick<KeypadProps, 'onErase'>) {
  const { t } = usePage();
  return (
    <AriaButton className="key" onPress={onErase} aria-label={t('type.erase')} data-key="erase">
      <Icon name="erase" />
    </AriaButton>
  );
}
