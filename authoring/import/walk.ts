import { fold, isBlank } from './cells.ts';
import { isBare, type Label } from './labels.ts';
import type { Piece, Separator } from './pieces.ts';

/** Options in the order of their labels; `repaired` where pieces had to be joined or a lost label put back. */
export type Walked = { readonly texts: readonly string[]; readonly repaired: boolean };

type State = { readonly texts: readonly string[]; readonly repaired: boolean };
type Context = {
  readonly pieces: readonly Piece[];
  readonly at: number;
  readonly separator: Separator;
  /** Labels have a mark here, so a letter without one is text. */
  readonly marked: boolean;
};

const push = (state: State, text: string, repaired = false): State => ({
  texts: [...state.texts, text],
  repaired: state.repaired || repaired,
});

const join = (state: State, raw: string): State => ({
  texts: [...state.texts.slice(0, -1), `${state.texts.at(-1) ?? ''}${raw}`],
  repaired: true,
});

/** What is left of a label that lost its letter: ".超车", "4.抗爆性好". */
const afterLostLabel = (raw: string): string => raw.replace(/^\s*[0-9]?\s*[.、．]\s*(?=\D)/, '');

/** 氧气（**O2）: the marker was put in front of a letter that stands in a bracket. */
function closesBracket(text: string, raw: string): boolean {
  const [before, behind] = [fold(text), fold(raw)];
  const closed = behind.indexOf(')');
  const opened = behind.indexOf('(');
  return before.lastIndexOf('(') > before.lastIndexOf(')') && closed >= 0 && (opened < 0 || closed < opened);
}

function firstPiece({ pieces, at }: Context, piece: Piece): State | undefined {
  if (piece.label?.letter === 0) return { texts: [piece.label.rest], repaired: false };
  const next = pieces[at + 1]?.label;
  const lost = !piece.label && next?.letter === 1 && next.mark === 'strong';
  return lost ? { texts: [afterLostLabel(piece.raw)], repaired: true } : undefined;
}

/** The next letter, but a later piece has it with a mark while this one has none: then this one is text. */
function isEclipsed({ pieces, at, marked }: Context, label: Label): boolean {
  if (!marked || label.mark === 'strong') return false;
  return pieces.slice(at + 1).some(({ label: later }) => later?.letter === label.letter && later.mark === 'strong');
}

function nextLabel(state: State, context: Context, piece: Piece, label: Label): State | undefined {
  const text = state.texts.at(-1) ?? '';
  const loose = label.mark === 'none';
  if (isBlank(text)) return loose && !isBare(label) ? join(state, piece.raw) : undefined;
  if (loose && closesBracket(text, piece.raw)) return join(state, piece.raw);
  if (isEclipsed(context, label)) return join(state, piece.raw);
  return push(state, label.rest);
}

/** A letter out of turn: text in front of which somebody's script put a marker, or a label nobody can place. */
function strayLabel(state: State, context: Context, piece: Piece, label: Label): State | undefined {
  const text = state.texts.at(-1) ?? '';
  const ahead = label.letter > state.texts.length;
  const loose = label.mark !== 'strong';
  const isText =
    (isBlank(text) && (loose || !ahead)) ||
    (!ahead && (isBare(label) || (context.marked && loose))) ||
    (label.mark === 'none' && closesBracket(text, piece.raw));
  return isText ? join(state, piece.raw) : undefined;
}

function unlabelled(state: State, { pieces, at, separator }: Context, piece: Piece): State | undefined {
  if (isBlank(state.texts.at(-1) ?? '')) return join(state, piece.raw);
  if (separator === 'line') return join(state, `\n${piece.raw}`);
  const follower = pieces[at + 1]?.label;
  const lost = follower?.mark === 'strong' && follower.letter === state.texts.length + 1;
  // 6C.50 hides the label it seems to lack, and the 6 belongs to the option before.
  const hides = /[A-Za-zＡ-Ｚ]\s*[.．、:：]/.test(piece.raw);
  return lost && !hides ? push(state, afterLostLabel(piece.raw), true) : undefined;
}

function step(state: State, context: Context, piece: Piece): State | undefined {
  const { label } = piece;
  if (!label) return unlabelled(state, context, piece);
  return label.letter === state.texts.length
    ? nextLabel(state, context, piece, label)
    : strayLabel(state, context, piece, label);
}

/**
 * Walks labelled pieces in order A, B, C…, joining the pieces a separator cut off by mistake. Undefined as soon as a
 * piece could be read in two ways.
 */
export function walk(pieces: readonly Piece[], separator: Separator): Walked | undefined {
  const labels = pieces.flatMap(({ label }) => (label ? [label] : []));
  const marked = labels.filter(({ mark }) => mark === 'strong').length * 2 >= labels.length;
  let state: State | undefined;
  for (const [at, piece] of pieces.entries()) {
    const context = { pieces, at, separator, marked };
    state = state ? step(state, context, piece) : firstPiece(context, piece);
    if (!state) return undefined;
  }
  return state && withoutBlankEnd(state);
}

/** A label with nothing behind it at the end of a cell is an option nobody wrote; in the middle it is one that got lost. */
function withoutBlankEnd(state: State): Walked | undefined {
  const texts = isBlank(state.texts.at(-1) ?? '') ? state.texts.slice(0, -1) : state.texts;
  if (texts.some(isBlank)) return undefined;
  return { texts, repaired: state.repaired || texts.length < state.texts.length };
}
