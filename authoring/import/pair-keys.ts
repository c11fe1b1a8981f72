import { isBlank } from './cells.ts';
import { tidyContent } from './content.ts';
import { numberedIn } from './gap-keys.ts';
import type { Options } from './options.ts';
import { type Reading, read, refuse } from './problems.ts';

/** What options are put beside: `1.灭火器 2.安全帽`, one in a line, or parted by semicolons or bars. */
export function readPremises(cell: string): Reading<readonly string[]> {
  if (isBlank(cell)) return refuse('premises-missing');
  const text = cell.trim();
  const parts = numberedIn(text) ?? partsOf(text);
  const premises = parts.map(tidyContent);
  if (premises.some(isBlank)) return refuse('premises-unclear');
  // A reader does not see the difference between 一年 and 一年。
  const seen = new Set(premises.map((premise) => premise.normalize('NFKC').replace(/\s|[。.;,、]+$/g, '')));
  return seen.size < premises.length ? refuse('premises-unclear') : read(premises);
}

function partsOf(text: string): readonly string[] {
  const lines = text.split(/\r\n?|\n/).filter((line) => !isBlank(line));
  if (lines.length > 1) return lines;
  const separator = [/[;；]/, /[|｜]/].find((one) => one.test(text));
  return separator ? text.replace(/[;；|｜]$/, '').split(separator) : lines;
}

/** 1-C, (1)C, 1：C, ①→C: one pair among others. */
const PAIR = /[(（]?\s*(1[0-2]|[1-9])\s*[)）]?\s*[-—–→>＞:：=＝.、．]*\s*([A-Z])/g;

/** The option for each of so many premises: `1-C，2-A，3-B`, `1C2A3B`, or the letters alone in the order of the premises: `CAB`. */
export function readPairs(
  cell: string,
  count: number,
  { places, doubtful }: Pick<Options, 'places' | 'doubtful'>,
): Reading<readonly number[]> {
  const text = plain(cell);
  const letters = lettersIn(text, count);
  if (typeof letters === 'string') return refuse(letters);
  const named = letters.map((letter) => letter.charCodeAt(0) - 65);
  if (named.some((letter) => doubtful.has(letter))) return refuse('options-unclear');
  const found = named.flatMap((letter) => places.get(letter) ?? []);
  return found.length < named.length ? refuse('key-outside-options') : read(found, text !== cell.trim());
}

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫';

const plain = (cell: string): string =>
  cell
    .replace(/[①-⑫]/g, (mark) => ` ${CIRCLED.indexOf(mark) + 1} `)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^\s*(正确|标准|参考)?答案(是|为)?\s*:?/, '')
    .trim();

/** In the order of the premises; or why it cannot be told which belongs to which. */
function lettersIn(text: string, count: number): readonly string[] | 'key-count' | 'key-unreadable' {
  if (!/\d/.test(text)) {
    const letters = text.replace(/[\s,、;.。/|&+-]/g, '');
    if (!/^[A-Z]+$/.test(letters)) return 'key-unreadable';
    return letters.length === count ? [...letters] : 'key-count';
  }
  const pairs = [...text.matchAll(PAIR)].map(([, number, letter = '']) => [Number(number), letter] as const);
  if (!/^[\s,、;.。/|&+]*$/.test(text.replace(PAIR, ''))) return 'key-unreadable';
  const by = new Map(pairs);
  // Whoever pairs one twice, or leaves one out, says no answer to the question.
  if (by.size < pairs.length) return 'key-unreadable';
  const letters = Array.from({ length: count }, (_, at) => by.get(at + 1));
  if (by.size !== count || letters.includes(undefined)) return 'key-count';
  return letters.filter((letter) => letter !== undefined);
}
