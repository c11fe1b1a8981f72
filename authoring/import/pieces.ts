import { isBlank } from './cells.ts';
import { findBuried, findTrailing, type Label, readLabel } from './labels.ts';

/** A part of an option cell between two separators. */
export type Piece = { readonly raw: string; readonly label: Label | undefined };

/** What separated the pieces: markers (** or ##), line breaks, or nothing. */
export type Separator = 'marker' | 'line' | 'nothing';

export type Pieces = {
  readonly pieces: readonly Piece[];
  readonly separator: Separator;
  /** A blank piece between two others: harmless where labels count, but not where order does. */
  readonly gap: boolean;
  /** Labels were found inside pieces. */
  readonly dug: boolean;
};

const toPiece = (raw: string): Piece => ({ raw, label: readLabel(raw) });

function split(cell: string): { readonly parts: readonly string[]; readonly separator: Separator } {
  // Two separators in a row have nothing between them, which counts where order does.
  const marked = cell.replace(/\*{4,}|#{4,}/g, '** **').split(/\*{2,}|#{2,}/);
  if (marked.length > 1) return { parts: marked, separator: 'marker' };
  const lines = cell.split(/[\r\n]+/);
  if (lines.filter((line) => !isBlank(line)).length > 1) return { parts: lines, separator: 'line' };
  return { parts: [cell], separator: 'nothing' };
}

function cutAt(piece: Piece, at: number): readonly [Piece, Piece] {
  const start = piece.raw.length - (piece.label?.rest.length ?? piece.raw.length);
  const head = piece.raw.slice(0, start + at);
  return [toPiece(head), toPiece(piece.raw.slice(start + at))];
}

/** Cuts a piece at the labels missing between its own and `until`, as far as each can be told. */
function dig(piece: Piece, until: number): readonly Piece[] {
  const { label } = piece;
  if (!label || label.letter + 1 >= until) return [piece];
  const at = findBuried(label.rest, label.letter + 1);
  if (at === undefined || at === 0) return [piece];
  const [head, tail] = cutAt(piece, at);
  return [head, ...dig(tail, until)];
}

/** The last piece has no successor that would tell how many labels it hides; undefined where that cannot be told. */
function digLast(piece: Piece): readonly Piece[] | undefined {
  if (!piece.label) return [piece];
  const found = findTrailing(piece.label.rest, piece.label.letter + 1, piece.label.sign);
  if (!found || found.at === 0) return [piece];
  if (!found.sure) return undefined;
  const [head, tail] = cutAt(piece, found.at);
  const rest = digLast(tail);
  return rest && [head, ...rest];
}

function digAll(pieces: readonly Piece[]): readonly Piece[] | undefined {
  const last = pieces.at(-1);
  // A cell without separators hides all its labels but the first.
  if (pieces.length === 1) return last?.label?.letter === 0 ? dig(last, Number.POSITIVE_INFINITY) : pieces;
  const inner = pieces.slice(0, -1).flatMap((piece, at) => dig(piece, pieces[at + 1]?.label?.letter ?? 0));
  const end = last && digLast(last);
  return end && [...inner, ...end];
}

/** An option cell in pieces; undefined where a letter in the last piece may or may not be a label. */
export function cutOptions(cell: string): Pieces | undefined {
  const { parts, separator } = split(cell);
  const filled = parts.map((part) => !isBlank(part));
  const from = filled.indexOf(true);
  const inner = from < 0 ? [] : parts.slice(from, filled.lastIndexOf(true) + 1);
  const whole = inner.filter((part) => !isBlank(part)).map(toPiece);
  const pieces = digAll(whole);
  return pieces && { pieces, separator, gap: whole.length < inner.length, dug: pieces.length > whole.length };
}
