import { useEffect, useRef } from 'react';
import { usePage } from '../context.ts';
import { Button } from './button.tsx';
import { Keyboard } from './keyboard.tsx';
import { Key } from './keypad.tsx';
import type { Pinyin } from './use-pinyin.ts';

type PinyinKeyboardProps = {
  readonly pinyin: Pinyin;
  readonly onText: (text: string) => void;
  readonly onErase: () => void;
};

/** Characters by how they are read, and letters and digits as they are: for a terminal without an input method. */
export function PinyinKeyboard({ pinyin, onText, onErase }: PinyinKeyboardProps) {
  const { t } = usePage();
  const board = useRef<HTMLDivElement>(null);
  // Where it would lie below what is seen.
  useEffect(() => {
    board.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { on, turn, letters, shown, more, next, choose, take } = pinyin;
  return (
    <div className="pinyin">
      <div className="row">
        <Button small pressed={on} onPress={() => turn(true)} action="pinyin">
          {t('words.pinyin')}
        </Button>
        <Button small pressed={!on} onPress={() => turn(false)} action="letters">
          {t('words.letters')}
        </Button>
        {on && <output className="letters-typed">{letters || t('words.type-pinyin')}</output>}
      </div>
      {on && letters !== '' && (
        <fieldset className="characters" aria-label={t('words.characters')}>
          {shown.map((character) => (
            <Key key={character} label={character} onPress={() => choose(character)} />
          ))}
          {more && (
            <Button small onPress={next} action="more-characters">
              {t('words.more')}
            </Button>
          )}
        </fieldset>
      )}
      <div ref={board} className="board">
        <Keyboard
          marks={!on}
          onKey={(key) => {
            if (!take(key)) onText(key);
          }}
          onErase={() => {
            if (!take('Backspace')) onErase();
          }}
        />
      </div>
    </div>
  );
}
