/** Which characters are read how: syllables in letters without tones, each with its characters, the commonest first. */
export type Readings = ReadonlyMap<string, readonly string[]>;

/** What may be meant by letters that were typed. */
export type Candidates = {
  readonly characters: readonly string[];
  /** How many of the letters stand for such a character; the others are for those behind it. */
  readonly letters: number;
};

/**
 * Characters for what was typed so far: those of the longest syllable it begins with, and while it may still become a longer one, of
 * those as well. In `anquan` it is an, and quan is left.
 */
export function candidatesFor(typed: string, readings: Readings): Candidates {
  const longer = typed.length < LONGEST_SYLLABLE ? charactersAhead(typed, readings) : [];
  for (let letters = Math.min(typed.length, LONGEST_SYLLABLE); letters > 0; letters -= 1) {
    const own = readings.get(typed.slice(0, letters));
    if (own) return { characters: [...new Set([...own, ...(letters === typed.length ? longer : [])])], letters };
  }
  return { characters: [...new Set(longer)], letters: typed.length };
}

/** Of syllables that are longer than what was typed. */
const charactersAhead = (typed: string, readings: Readings): readonly string[] =>
  [...readings].flatMap(([syllable, characters]) =>
    syllable.startsWith(typed) && syllable !== typed ? characters.slice(0, SHOWN_AHEAD) : [],
  );

/** Zhuang and the like: a key that is held down makes nothing slow. */
const LONGEST_SYLLABLE = 6;

/** Of a syllable that is not typed to its end. */
const SHOWN_AHEAD = 3;

/** The readings, fetched with the first gap that somebody wants to fill with characters. */
export async function fetchReadings(): Promise<Readings> {
  const { default: layout } = await import('simple-keyboard-layouts/build/layouts/chinese.js');
  // Its types leave out the half that is not about keys.
  const { layoutCandidates } = layout as typeof layout & {
    readonly layoutCandidates: Readonly<Record<string, string>>;
  };
  return new Map(Object.entries(layoutCandidates).map(([syllable, characters]) => [syllable, characters.split(' ')]));
}
