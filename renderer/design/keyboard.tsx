import { useState } from 'react';
import { usePage } from '../context.ts';
import { EraseKey, Key } from './keypad.tsx';

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm_.:/'].map((row) => row.split(''));

type KeyboardProps = { readonly onKey: (key: string) => void; readonly onErase: () => void };

/** Letters as they are, small and large, with what addresses and keys are made of: for a terminal without a keyboard. */
export function Keyboard({ onKey, onErase }: KeyboardProps) {
  const { t } = usePage();
  const [large, setLarge] = useState(false);
  return (
    <div className="keyboard">
      {ROWS.map((row) => (
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
