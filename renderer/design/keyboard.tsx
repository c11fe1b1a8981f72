import { useState } from 'react';
import { usePage } from '../context.ts';

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
          {row.map((key) => {
            const letter = large ? key.toUpperCase() : key;
            return (
              <button key={key} type="button" onClick={() => onKey(letter)}>
                {letter}
              </button>
            );
          })}
        </div>
      ))}
      <div className="keys">
        <button type="button" aria-pressed={large} onClick={() => setLarge(!large)}>
          {t('setup.shift')}
        </button>
        <button type="button" className="space" onClick={() => onKey(' ')}>
          {t('setup.space')}
        </button>
        <button type="button" onClick={onErase} aria-label={t('type.erase')}>
          ⌫
        </button>
      </div>
    </div>
  );
}
