import { type GapKey, MOST_GAPS } from '../../contract/words/items.ts';
import { parseNumber } from '../../contract/words/typed-number.ts';
import { isBlank, tidy } from './cells.ts';
import { type Reading, read, refuse } from './problems.ts';

/** An empty bracket, or a line to write on. */
const GAP = /[(（[［【〔]\s*[_＿\s]*[)）\]］】〕]|[_＿]{2,}/g;

/** How many gaps a stem has; where none is marked, the whole answer is one. */
const gapsIn = (stem: string): number => Math.max(1, stem.match(GAP)?.length ?? 0);

/** Longer than this nobody types it letter for letter. */
const LONGEST = 30;

/** What is said to whoever marks, or leaves open what counts. */
const FOR_MARKERS =
  /或|均可|都可|即可|任意|言之|意思|^略|[^平同]等$|…|\.{3}|示例|例如|参考|也可|亦可|不分先后|(顺序|次序)不限|给\d*分/;

/** Behind or between words a bracket holds other words for the same, or what may be left out: whether it is to be typed is not said. */
const ASIDE = /\p{Script=Han}\s*[(（][^()（）]*[)）]|[(（][^()（）]*\p{Script=Han}[^()（）]*[)）]/u;
/** A number that may be a little off, where it is not said whether that is to be typed. */
const TOLERANCE = /\d\s*±\s*\d/;

/** What parts answers in a cell; those of one cell are parted by one of these. A bar parts what counts in the same gap. */
const SEPARATORS = [/[;；]/, /[、]/, /[,，]/, /\n/] as const;

/**
 * What counts in each gap of a stem: `安全第一；预防为主`, `①通风②检测`, `断电|切断电源`. Where it cannot be told which words are for which
 * gap, or whether all of them are needed, it is refused.
 */
export function readGapKeys(stem: string, cell: string): Reading<readonly GapKey[]> {
  const written = cell.replace(/^\s*(正确|标准|参考)?答案(是|为)?\s*[:：]\s*/, '');
  const count = gapsIn(stem);
  if (count > MOST_GAPS) return refuse('key-unreadable');
  if (count === 1 && !/[|｜]/.test(written) && tidy(written).length > LONGEST) return refuse('key-too-free');
  const parts = partsOf(written, count);
  if (!parts) return refuse('key-unreadable');
  const gaps = parts.map((part) => part.split(/[|｜]/).map((text) => tidy(text).replace(/[。.；;]$/, '')));
  const all = gaps.flat();
  if (all.some(isBlank)) return refuse('key-unreadable');
  if (all.some((text) => text.length > LONGEST || [FOR_MARKERS, ASIDE, TOLERANCE].some((one) => one.test(text))))
    return refuse('key-too-free');
  return read(gaps.map((accepted) => ({ accepted: [...new Set(accepted)] })));
}

/** The cell cut into as many parts as there are gaps; nothing where it can be cut otherwise as well. */
function partsOf(cell: string, count: number): readonly string[] | undefined {
  const listed = numberedIn(cell);
  if (listed) return listed.length === count ? listed : undefined;
  const used = SEPARATORS.filter((separator) => separator.test(tidyLines(cell)) && !isNumber(cell));
  const [separator, ...others] = used;
  if (others.length > 0) return undefined;
  const parts = separator ? tidyLines(cell).split(separator) : byBlanks(cell, count);
  return parts.length === count && !parts.some(hasDoubt) ? parts : undefined;
}

/** A mark at the end parts nothing. */
const tidyLines = (cell: string): string => cell.trim().replace(/[;；、,，。]$/, '');

const isNumber = (cell: string): boolean => parseNumber(cell) !== undefined;

/** 安全第一 预防为主: blanks part words only where these are as many as the gaps, and none is of letters. */
function byBlanks(cell: string, count: number): readonly string[] {
  const words = cell.trim().split(/\s+/);
  return count > 1 && words.length === count && !/[a-z]/i.test(cell) ? words : [cell];
}

/** 停电/断电 may be two ways to say it, or what is to be typed; 24V/36V and km/h are one thing. */
const hasDoubt = (part: string): boolean => /\p{Script=Han}\s*[/／]\s*\p{Script=Han}/u.test(part);

const CIRCLED = [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫'];

/** ①, (1), or 1. 1、 1) before what is no number. */
const HEAD = /[①-⑫]|[(（]\s*(?:1[0-2]|[1-9])\s*[)）]|(?<![\p{L}\p{N}.])(?:1[0-2]|[1-9])\s*[.．、)）](?!\s*\d)/gu;

/** ①通风②检测, (1)通风(2)检测, 1.通风 2.检测: parts that are numbered from one on; nothing where they are not. */
export function numberedIn(cell: string): readonly string[] | undefined {
  const text = cell.trim();
  const heads = [...text.matchAll(HEAD)];
  if (heads.length === 0 || heads[0]?.index !== 0) return undefined;
  const inOrder = heads.every(([head], at) => head === CIRCLED[at] || head.replace(/\D/g, '') === String(at + 1));
  if (!inOrder) return undefined;
  return heads.map(({ 0: head, index }, at) => tidyLines(text.slice(index + head.length, heads[at + 1]?.index)));
}

/** A stem without the words that somebody left in its one bracket, where they are the key: 方针是（安全第一）。 */
export function withoutWords(stem: string, cell: string): string {
  const words = tidy(cell);
  if (words === '' || stem.search(GAP) >= 0) return stem;
  const found = [...stem.matchAll(/[(（【]\s*([^()（）【】]+?)\s*[)）】]/g)].filter(([, inside]) => inside === words);
  const [only] = found;
  return only && found.length === 1
    ? `${stem.slice(0, only.index)}（ ）${stem.slice(only.index + only[0].length)}`
    : stem;
}
