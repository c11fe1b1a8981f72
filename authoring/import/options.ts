import { tokensOf } from '../../contract/content/tokens.ts';
import { compact, fold, isBlank, tidy } from './cells.ts';
import { tidyContent } from './content.ts';
import { charOf, findBuried, isBare, readLabel } from './labels.ts';
import { cutOptions, type Piece, type Pieces } from './pieces.ts';
import { type Reading, type RowReason, read, refuse } from './problems.ts';
import { walk } from './walk.ts';

/** The options of a row, and which of them a letter of the key means. */
export type Options = {
  readonly texts: readonly string[];
  /** From a letter's place in the alphabet to the place in `texts`. */
  readonly places: ReadonlyMap<number, number>;
  /** Letters of which it cannot be told what they mean; a key that names one is refused. */
  readonly doubtful: ReadonlySet<number>;
};

const NOBODY: ReadonlySet<number> = new Set();

/** A lone * or # left at the end of an option is half a separator. */
function optionText(raw: string): string {
  const text = tidyContent(raw);
  let end = text.length;
  while (end > 0 && ' *#'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function inOrder(texts: readonly string[], repaired: boolean, doubtful = NOBODY): Reading<Options> {
  const places = new Map(texts.map((_, at) => [at, at]));
  return finish({ texts: texts.map(optionText), places, doubtful }, repaired);
}

function finish(options: Options, repaired: boolean): Reading<Options> {
  const problem = problemOf(options.texts);
  return problem ? refuse(problem) : read(options, repaired);
}

function problemOf(texts: readonly string[]): RowReason | undefined {
  if (texts.length < 2) return 'options-missing';
  if (texts.length > 12) return 'options-count';
  if (texts.some((text) => text === '')) return 'options-unclear';
  // A reader does not see the difference between 一年 and 一年。
  const seen = new Set(texts.map((text) => text.normalize('NFKC').replace(/\s|[。.;,、]+$/g, '')));
  return seen.size < texts.length ? 'options-same' : undefined;
}

/** Labels A to the last, each once, in whatever order: the letter still says which option it is. */
function permuted(pieces: readonly Piece[]): readonly string[] | undefined {
  const labels = pieces.flatMap(({ label }) => (label ? [label] : []));
  if (labels.length < pieces.length || labels.length < 2) return undefined;
  const sorted = labels.toSorted((a, b) => a.letter - b.letter);
  if (sorted.some(({ letter, rest }, at) => letter !== at || isBlank(rest))) return undefined;
  return sorted.map(({ rest }) => rest);
}

/**
 * One label mistyped as another that is there too (A B C B): every option stands apart, and only the letter typed twice
 * and the letter it stands in for are in doubt.
 */
function withOneTypo(pieces: readonly Piece[]): Reading<Options> | undefined {
  const labels = pieces.flatMap(({ label }) => (label ? [label] : []));
  const wrong = labels.filter(({ letter }, at) => letter !== at);
  const typo = wrong[0];
  if (labels.length < pieces.length || labels.length < 3 || wrong.length !== 1 || !typo) return undefined;
  if (typo.letter >= labels.length || labels.some(({ rest }) => isBlank(rest))) return undefined;
  const texts = labels.map(({ rest }) => rest);
  return inOrder(texts, true, new Set([typo.letter, labels.indexOf(typo)]));
}

/** As a last resort the cell as one text, where the separators stand in the wrong places but every label has its mark. */
function fromText(pieces: readonly Piece[]): Reading<Options> | undefined {
  // A letter alone between two separators is a label of its own, and then one too many.
  if (pieces.some(({ label }) => label?.mark === 'none' && isBare(label))) return undefined;
  let piece = readLabel(pieces.map(({ raw }) => raw).join(''));
  const texts: string[] = [];
  while (piece?.letter === texts.length && piece.mark === 'strong') {
    const { rest } = piece;
    const at = findBuried(rest, texts.length + 1);
    const next = at === undefined ? undefined : readLabel(rest.slice(at));
    if (!next && isAnyLabelIn(rest, texts.length)) return undefined;
    texts.push(next ? rest.slice(0, at) : rest);
    piece = next;
  }
  const repeated = texts.some((text) => isAnyLabelIn(text, 0));
  return texts.length < 3 || repeated ? undefined : inOrder(texts, true);
}

const isAnyLabelIn = (text: string, from: number): boolean =>
  Array.from({ length: 12 - from }, (_, at) => charOf(from + at)).some((char) =>
    new RegExp(`${char}\\s*[.、:)]`).test(fold(text)),
  );

const isLabelled = ({ pieces }: Pieces): boolean =>
  pieces.some(({ label }) => label?.mark === 'strong') ||
  pieces[0]?.label?.letter === 0 ||
  permuted(pieces) !== undefined;

/** A cell without labels: the letters of the key count the options. */
function byOrder({ pieces, separator, gap }: Pieces): Reading<Options> {
  if (gap && separator === 'marker') return refuse('options-unclear');
  const raws = pieces.map(({ raw }) => raw);
  if (separator !== 'nothing') return inOrder(raws, false);
  for (const separators of [/[|｜]/, /[;；]/]) {
    const text = tidy(raws[0] ?? '');
    // Those of a formula part nothing.
    if (tokensOf(text).some((token) => token.is === 'formula' && separators.test(token.tex))) continue;
    const parts = text.replace(/[|｜;；]$/, '').split(separators);
    if (parts.length > 1) return parts.some(isBlank) ? refuse('options-unclear') : inOrder(parts, false);
  }
  return refuse('options-missing');
}

/** The options of one cell. */
export function readOptionCell(cell: string): Reading<Options> {
  if (isBlank(cell)) return refuse('options-missing');
  const cut = cutOptions(cell);
  if (!cut) return refuse('options-unclear');
  // No question has so many options; a cell that seems to is no list of options.
  if (cut.pieces.length > 50) return refuse('options-count');
  if (!isLabelled(cut)) return byOrder(cut);
  const { pieces, separator, dug } = cut;
  const walked = walk(pieces, separator);
  if (walked && !walked.repaired) return inOrder(walked.texts, dug);
  const sorted = permuted(pieces);
  if (sorted) return inOrder(sorted, true);
  if (walked) return inOrder(walked.texts, true);
  return withOneTypo(pieces) ?? fromText(pieces) ?? refuse('options-unclear');
}

/** (A)(B)(C), A、B: nothing but the letters of options before this one, of which the first is no label. */
function namesOthers(cell: string, letter: number): boolean {
  const text = compact(cell).toUpperCase();
  const letters = [...text.replace(/[^A-L]/g, '')].map((char) => char.charCodeAt(0) - 65);
  const isList = /^(\([A-L]\)|\[[A-L]\]|【[A-L]】){2,}$/.test(text) || /^[A-L]([、,/和与及或;&+~-][A-L])+$/.test(text);
  return isList && new Set(letters).size === letters.length && letters.every((named) => named < letter);
}

/** The options of a row with a column for each: the column's letter is the label. */
export function readOptionColumns(cells: ReadonlyMap<number, string>): Reading<Options> {
  const texts: string[] = [];
  const places = new Map<number, number>();
  let repaired = false;
  for (const [letter, cell] of [...cells].sort(([a], [b]) => a - b)) {
    if (isBlank(cell)) continue;
    const label = namesOthers(cell, letter) ? undefined : readLabel(cell);
    if (label?.mark === 'strong' && label.letter !== letter) return refuse('options-unclear');
    repaired ||= label?.mark === 'strong';
    places.set(letter, texts.length);
    texts.push(optionText(label?.mark === 'strong' ? label.rest : cell));
  }
  return finish({ texts, places, doubtful: NOBODY }, repaired);
}
