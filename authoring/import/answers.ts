import { compact, isBlank, tidy } from './cells.ts';
import type { WrittenKind } from './kinds.ts';
import { readLabel } from './labels.ts';
import type { Options } from './options.ts';
import { type Reading, read, refuse } from './problems.ts';

const YES = /^(正确|对|√|✓|✔|☑|是|真|t|true|y|yes)$/i;
const NO = /^(错误|错|不正确|不对|×|✗|✘|☒|╳|x|否|非|假|f|false|n|no)$/i;

/** Whether a word says that a statement is right or wrong. */
export function readJudgement(text: string): boolean | undefined {
  const word = compact(text).replace(/[。.;,!()]+/g, '');
  if (YES.test(word)) return true;
  return NO.test(word) ? false : undefined;
}

/** The two options of a true-false item that were written without labels or separators: 正确 错误, 对/错. */
export function readJudgementPair(cell: string): readonly [string, string] | undefined {
  const words = tidy(cell)
    .split(/[\s,，/／、;；|]+/)
    .filter((word) => word !== '');
  const [first, second] = words;
  if (words.length !== 2 || first === undefined || second === undefined) return undefined;
  const [a, b] = [readJudgement(first), readJudgement(second)];
  return a === undefined || b === undefined || a === b ? undefined : [first, second];
}

/** 答案：A, （A）, "A、B" — what stands around and between the letters of a key. */
const lettersOf = (cell: string): string =>
  compact(cell)
    .toUpperCase()
    .replace(/^(正确|标准|参考)?答案(是|为)?:?/, '')
    .replace(/[,、;.。/|&+()[\]【】和及与]/g, '');

/** Whether the letters of a key stand in another order than the alphabet's. */
export function isOutOfOrder(cell: string): boolean {
  const letters = [...lettersOf(cell)];
  return letters.some((letter, at) => at > 0 && letter < (letters[at - 1] ?? ''));
}

function byJudgement(right: boolean, { texts }: Options): Reading<readonly number[]> {
  const named = texts.flatMap((text, at) => (readJudgement(text) === right ? [at] : []));
  if (named.length === 0) return refuse('key-outside-options');
  return named.length > 1 ? refuse('key-unreadable') : read(named, false);
}

function byLetters(letters: string, cell: string, options: Options): Reading<readonly number[]> {
  const named = [...letters].map((char) => char.charCodeAt(0) - 65);
  // AAB may stand for AB or for ABC.
  if (new Set(named).size < named.length) return refuse('key-unreadable');
  if (named.some((letter) => options.doubtful.has(letter))) return refuse('options-unclear');
  const places = named.map((letter) => options.places.get(letter));
  const known = places.filter((place) => place !== undefined);
  if (known.length < places.length) return refuse('key-outside-options');
  return read(
    known.toSorted((a, b) => a - b),
    cell.trim() !== letters || isOutOfOrder(cell),
  );
}

/** What people count with who do not count in digits. */
const COUNTED = ['一二三四五六七八九十', '甲乙丙丁戊己庚辛壬癸'];

/** The options that a key would name by counting them: 2, (2), ②, 二, 乙; 1,3 and 13. Letters of the alphabet stand for what counts. */
function countedBy(cell: string, several: boolean): readonly (readonly number[])[] {
  const text = compact(cell).replace(/^[([【]|[)\]】.、。]$/g, '');
  const counted = COUNTED.map((digits) => digits.indexOf(text)).filter((at) => at >= 0 && text.length === 1);
  const numbers = /^\d{1,2}([,、;./&+]\d{1,2})*$/.test(text) ? text.split(/\D/).map((each) => Number(each) - 1) : [];
  const digits = several && /^[1-9]{2,12}$/.test(text) ? [...text].map((each) => Number(each) - 1) : [];
  return [counted, numbers, digits].filter((places) => places.length > 0);
}

/** Whether a key that is the text of one option also names others by counting them: of 4, 3, 2, 1 the key 2. */
const countsOthers = (cell: string, at: number, { places }: Options, several: boolean): boolean =>
  countedBy(cell, several).some((named) => {
    const meant = named.map((letter) => places.get(letter));
    return meant.every((place) => place !== undefined) && !(meant.length === 1 && meant[0] === at);
  });

/** A key that spells its option out, with the letter (C.综合治理) or without. */
function byText(kind: WrittenKind, cell: string, options: Options): Reading<readonly number[]> {
  const { texts, places } = options;
  const label = readLabel(cell);
  const named = label?.mark === 'strong' ? places.get(label.letter) : undefined;
  const at = label && named !== undefined && texts[named] === tidy(label.rest) ? named : texts.indexOf(tidy(cell));
  if (at < 0 || countsOthers(cell, at, options, kind !== 'single')) return refuse('key-unreadable');
  return read([at], true);
}

/** Whether an option says just the letters of a key, and is another one than they name: of B, A, AB, O the key A. */
const saysLetters = (letters: string, key: readonly number[], { texts }: Options): boolean =>
  texts.some((text, at) => compact(text).toUpperCase() === letters && !(key.length === 1 && key[0] === at));

/** The places of all options in the order that a key names them in: BCAD, B-C-A-D, B→C→A→D. */
export function readOrder(cell: string, { places, doubtful, texts }: Options): Reading<readonly number[]> {
  const letters = lettersOf(cell).replace(/[-→>–—＞]/g, '');
  if (!/^[A-Z]+$/.test(letters)) return refuse('key-unreadable');
  const named = [...letters].map((char) => char.charCodeAt(0) - 65);
  if (new Set(named).size < named.length) return refuse('key-unreadable');
  if (named.some((letter) => doubtful.has(letter))) return refuse('options-unclear');
  const found = named.flatMap((letter) => places.get(letter) ?? []);
  if (found.length < named.length) return refuse('key-outside-options');
  return found.length < texts.length ? refuse('key-count') : read(found, cell.trim() !== letters);
}

/** The places of the right options. */
export function readKey(kind: WrittenKind, cell: string, options: Options): Reading<readonly number[]> {
  if (isBlank(cell)) return refuse('key-missing');
  const right = kind === 'true-false' ? readJudgement(cell) : undefined;
  if (right !== undefined) return byJudgement(right, options);
  const letters = lettersOf(cell);
  if (!/^[A-Z]+$/.test(letters)) return byText(kind, cell, options);
  const key = byLetters(letters, cell, options);
  if (key.ok && saysLetters(letters, key.value, options)) return refuse('key-unreadable');
  if (key.ok && key.value.length > 1 && (kind === 'single' || kind === 'true-false')) return refuse('key-count');
  return key;
}
