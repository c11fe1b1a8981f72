import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';
import { z } from 'zod';

/** Noto Sans SC (SIL OFL 1.1) comes in slices, by the characters that are in them: a file shows what it needs of a few. */
const FOLDER = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'));

export type Weight = 400 | 700;

/** Fonts with the characters of some texts, and no others. */
export type Fonts = {
  /** By name, as TrueType. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The text in parts, each with the font that has all of it. */
  runs(text: string, weight: Weight): readonly { readonly font: string; readonly text: string }[];
};

type Texts = Readonly<Record<Weight, readonly string[]>>;
const WEIGHTS = [400, 700] as const;

/** What no slice has is written by its number, so that no name becomes another one: `[U+2CE7C]`. */
export async function fontsFor(texts: Texts): Promise<Fonts> {
  const sliceOf = await slices();
  const written = (text: string): readonly string[] =>
    [...text.normalize('NFC')].flatMap((letter) => (sliceOf(letter) ? [letter] : [...named(letter)]));
  const files = new Map<string, Buffer>();
  for (const weight of WEIGHTS) {
    const letters = new Set(texts[weight].flatMap(written));
    const bySlice = Map.groupBy(letters, (letter) => sliceOf(letter) as string);
    for (const [slice, of] of bySlice) {
      const whole = await readFile(join(FOLDER, 'files', `noto-sans-sc-${slice}-wght-normal.woff2`));
      const options = { targetFormat: 'sfnt', variationAxes: { wght: weight } } as const;
      files.set(`${slice}-${weight}`, await subsetFont(whole, of.join(''), options));
    }
  }
  return { files, runs: (text, weight) => runsOf(written(text), (letter) => `${sliceOf(letter)}-${weight}`) };
}

function runsOf(letters: readonly string[], fontOf: (letter: string) => string) {
  const runs: { font: string; text: string }[] = [];
  for (const letter of letters) {
    const [font, last] = [fontOf(letter), runs.at(-1)];
    if (last?.font === font) last.text += letter;
    else runs.push({ font, text: letter });
  }
  return runs;
}

const named = (letter: string): string => `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}]`;

let read: Promise<(letter: string) => string | undefined> | undefined;

/** Which slice has a character; read once. */
function slices(): Promise<(letter: string) => string | undefined> {
  read ??= readFile(join(FOLDER, 'unicode.json'), 'utf8').then((text) => {
    const ranges = Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text))).flatMap(([slice, list]) =>
      list.split(',').map((range) => {
        const [, first = '0', last = first] = range.match(/^U\+([0-9a-f]+)(?:-([0-9a-f]+))?$/i) ?? [];
        return {
          slice: slice.replace(/[[\]]/g, ''),
          first: Number.parseInt(first, 16),
          last: Number.parseInt(last, 16),
        };
      }),
    );
    return (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return ranges.findLast(({ first, last }) => first <= code && code <= last)?.slice;
    };
  });
  return read;
}
