import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Keypad } from '../design/keypad.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { GROUPS, grouped, NUMBER_LENGTH, withoutGaps } from './grouped-number.ts';

export function TypeNumber({ onBack }: { readonly onBack: () => void }) {
  const { t, station } = usePage();
  const [number, setNumber] = useState('');
  const { busy, refused, run } = useCall();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onBack();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number !== '') void run(() => station.call('identify.typed', { number }));
  };
  const type = (text: string) => setNumber(withoutGaps(text).slice(0, NUMBER_LENGTH));
  return (
    <Scene screen="type" className="type-screen">
      <form onSubmit={submit} onKeyDown={onKeyDown} className="type-number">
        <div className="typed">
          <h1>{t('type.title')}</h1>
          <label className="number-slots">
            <span className="visually-hidden">{t('type.label')}</span>
            <Slots number={number} />
            <input
              ref={input}
              value={grouped(number)}
              onChange={(event) => type(event.target.value)}
              inputMode="text"
              autoComplete="off"
              maxLength={24}
              name="number"
              spellCheck={false}
            />
          </label>
          <p className="muted" aria-live="polite">
            {t('type.count', { count: number.length })}
          </p>
          <Notice reason={refused} />
          <div className="deeds">
            <Button look="primary" submits disabled={busy || number === ''} action="type-go">
              {t('type.submit')}
            </Button>
            <Button look="quiet" icon="back" onPress={onBack} action="type-back">
              {t('common.back')}
            </Button>
          </div>
        </div>
        <Keypad extra="X" onDigit={(digit) => type(number + digit)} onErase={() => type(number.slice(0, -1))} />
      </form>
    </Scene>
  );
}

/** A place for each character, in the groups in which the card shows them. */
function Slots({ number }: { readonly number: string }) {
  const starts = GROUPS.map((_, i) => GROUPS.slice(0, i).reduce((sum, size) => sum + size, 0));
  return (
    <span className="slots" aria-hidden="true">
      {GROUPS.map((size, group) => (
        <span key={starts[group]} className="slot-group">
          {Array.from({ length: size }, (_, i) => (starts[group] ?? 0) + i).map((place) => (
            <span key={place} className={place === number.length ? 'slot next' : 'slot'}>
              {number[place] ?? ''}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
