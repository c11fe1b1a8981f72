import { useEffect, useState } from 'react';
import { type Candidates, candidatesFor, fetchReadings, type Readings } from './pinyin.ts';

/** So many characters are shown at once, each with the digit that takes it. */
const CHARACTERS_SHOWN = 9;

export type Pinyin = {
  /** Letters become characters; otherwise they are typed as they are. */
  readonly on: boolean;
  readonly turn: (on: boolean) => void;
  /** What was typed and is no character yet. */
  readonly letters: string;
  readonly shown: readonly string[];
  /** More characters are read like this than are shown. */
  readonly more: boolean;
  readonly next: () => void;
  readonly choose: (character: string) => void;
  /** What a key does to the letters. @returns whether it was for them; if not, it is for the field */
  readonly take: (key: string) => boolean;
};

const NONE: Candidates = { characters: [], letters: 0 };

/** Pinyin as it is typed. @param wanted whether there is any use for it; what it needs is fetched then */
export function usePinyin(wanted: boolean, onText: (text: string) => void): Pinyin {
  const readings = useReadings(wanted);
  const [on, setOn] = useState(true);
  const [{ letters, page }, setTyped] = useState({ letters: '', page: 0 });
  const type = (text: string) => setTyped({ letters: text, page: 0 });
  const { characters, letters: taken } = letters && readings ? candidatesFor(letters, readings) : NONE;
  const shown = characters.slice(page * CHARACTERS_SHOWN, (page + 1) * CHARACTERS_SHOWN);
  const more = characters.length > CHARACTERS_SHOWN;
  const next = () => setTyped({ letters, page: (page + 1) * CHARACTERS_SHOWN < characters.length ? page + 1 : 0 });
  const choose = (text: string, of = taken) => {
    onText(text);
    type(letters.slice(of));
  };
  const take = (key: string): boolean => {
    if (!on || !readings) return false;
    if (/^[a-z]$/.test(key)) return done(() => type(letters + key));
    if (letters === '') return false;
    const [first] = shown;
    const named = /^[1-9]$/.test(key) ? shown[Number(key) - 1] : key === ' ' ? first : undefined;
    if (named !== undefined) return done(() => choose(named));
    if (key === 'Backspace') return done(() => type(letters.slice(0, -1)));
    if (key === 'Escape') return done(() => type(''));
    if (key === 'PageDown' || key === '=') return done(next);
    if (key === 'Enter') return done(() => choose(letters, letters.length));
    return false;
  };
  const turn = (pinyin: boolean) => {
    setOn(pinyin);
    type('');
  };
  return { on, turn, letters, shown, more, next, choose, take };
}

function done(what: () => void): true {
  what();
  return true;
}

function useReadings(wanted: boolean): Readings | undefined {
  const [readings, setReadings] = useState<Readings>();
  useEffect(() => {
    if (!wanted || readings) return undefined;
    let gone = false;
    void fetchReadings().then((fetched) => !gone && setReadings(fetched));
    return () => {
      gone = true;
    };
  }, [wanted, readings]);
  return readings;
}
