import { useState } from 'react';
import { usePage } from '../context.ts';
import { EraseKey, Key } from './keypad.tsx';

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm_.:/'].map((row) => row.split(''));

/** What words are made of besides, and what changes them: 50 % is no 50, and 5~10 no 510. */
const MARKS = [...'%°+=×~<>(),'];

type KeyboardProps = {
  readonly onKey: (key: string) => void;
  readonly onErase: () => void;
  /** Whether words are typed, and no address or key. */
  readonly marks?: boolean;
};

/** Letters as they are, small and large, with what addresses and keys are made of: for a terminal without a keyboard. */
export function Keyboard({ onKey, onErase, marks = false }: KeyboardProps) {
  const { t } = usePage();
  const [large, setLarge] = useState(false);
  return (
    <div className="keyboard">
      {(marks ? [MARKS, ...ROWS] : ROWS).map((row) => (
        <div key={row[0]} className="keys">
          {row.map((key) => (
            <Key key={key} label={large ? key.toUpperCase() : key} onPress={onKey} />
          ))}
        </div>
      ))}
      <div className="keys">
        <Key label={t('setup.shift')} pressed={large} onPress={() => setLarge(!large)} />
        <Key label={t('setup.space')} className="space" onPress={() => onKey(' ')} />
        <EraseKey onErase={onErase} />
      </div>
    </div>
  );
}
