import { type KeyboardEvent, useRef, useState } from 'react';
import { usePage } from '../context.ts';
import { Button } from './button.tsx';
import { PinyinKeyboard } from './pinyin-keyboard.tsx';
import { usePinyin } from './use-pinyin.ts';

/** As long as the station takes it, in UTF-16 units, and no half of a character. */
export function cutTo(text: string, longest: number): string {
  const cut = text.slice(0, longest);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

type WordsEntryProps = {
  /** What each field is called. */
  readonly labels: readonly string[];
  readonly words: readonly string[];
  readonly longest: number;
  readonly disabled: boolean;
  readonly onType: (words: readonly string[]) => void;
};

/**
 * Words, by keyboard or by touch. A locked kiosk has no input method of the system: characters come from the keyboard on the
 * screen, and while that is open also from letters of the keyboard on the desk.
 */
export function WordsEntry({ labels, words, longest, disabled, onType }: WordsEntryProps) {
  const { t } = usePage();
  const [keys, setKeys] = useState(false);
  const [at, setAt] = useState(0);
  const fields = useRef<(HTMLInputElement | null)[]>([]);
  const wordAt = (field: number): string => words[field] ?? '';
  const put = (field: number, text: string): void =>
    onType(labels.map((_, one) => (one === field ? cutTo(text, longest) : wordAt(one))));
  const pinyin = usePinyin(keys, (text) => put(at, wordAt(at) + text));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (keys && pinyin.take(event.key)) event.preventDefault();
  };
  return (
    <div className="words-entry">
      <div className="word-fields">
        {labels.map((label, field) => (
          <label key={label} className="field" data-current={keys && field === at}>
            {label}
            <input
              ref={(input) => {
                fields.current[field] = input;
              }}
              autoComplete="off"
              spellCheck={false}
              value={wordAt(field)}
              disabled={disabled}
              maxLength={longest}
              onChange={(event) => put(field, event.target.value)}
              onFocus={() => setAt(field)}
              onKeyDown={onKeyDown}
              name={`gap-${field}`}
            />
          </label>
        ))}
      </div>
      {!disabled && (
        <Button
          small
          icon="keys"
          pressed={keys}
          onPress={() => {
            setKeys(!keys);
            fields.current[at]?.focus();
          }}
          action="words-keys"
        >
          {t('words.keyboard')}
        </Button>
      )}
      {!disabled && keys && (
        <PinyinKeyboard
          pinyin={pinyin}
          onText={(text) => put(at, wordAt(at) + text)}
          onErase={() => put(at, [...wordAt(at)].slice(0, -1).join(''))}
        />
      )}
    </div>
  );
}
