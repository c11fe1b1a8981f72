import type { Item } from '../../contract/words/items.ts';
import type { PictureBytes } from './passage.ts';
import type { WrittenRow } from './written-row.ts';

/** Why a row of a workbook did not become an item. */
export type RowReason =
  | 'kind-missing'
  | 'kind-unknown'
  | 'stem-missing'
  /** It asks about a case or a text that is not there. */
  | 'passage-missing'
  /** The sentence is cut in two over this row and its neighbour, so neither row holds a whole question. */
  | 'stem-torn'
  /** The question is about a picture that is not there, or about what is neither text nor picture. */
  | 'picture-needed'
  /** Pictures lie where it cannot be told which row or option they belong to, or whether a candidate may see them. */
  | 'picture-unclear'
  /** No PNG, JPEG, GIF or WebP, cut off, or too large. */
  | 'picture-unreadable'
  /** A formula that no screen can draw; the report names it, and says why. */
  | 'formula-unreadable'
  /** It has a part that its reader does not understand and a candidate may need; the report names it. */
  | 'construct-unread'
  /** Cells that go over several, a table in a table, rows longer than the head: what stands under what cannot be told. */
  | 'table-unreadable'
  /** A cell in use is a date, or has a format of which it is not known what it shows: what was typed is gone. */
  | 'cell-rewritten'
  /** A cell in use shows an error, such as #REF!, or is a formula whose value nobody has worked out. */
  | 'cell-error'
  /** What options are put beside is not there, or cannot be told apart. */
  | 'premises-missing'
  | 'premises-unclear'
  | 'options-missing'
  /** Labels doubled, skipped or buried in text, so it cannot be told where one option ends or which one a letter means. */
  | 'options-unclear'
  | 'options-count'
  | 'options-same'
  | 'key-missing'
  | 'key-unreadable'
  | 'key-outside-options'
  | 'key-count'
  /** Words that nobody types alike: a sentence, or what is said to a marker. Only people can mark it. */
  | 'key-too-free'
  /** The letters are out of order and the stem asks for an order, which a set of right options cannot hold. */
  | 'key-ordered'
  /** The workbook has the same question with another key: at least one of them is wrong. */
  | 'key-contradicted'
  /** Well read, and yet not what the contract calls an item. */
  | 'item-refused';

/** The part of an item that a reason or a repair is about. */
export type Part = 'kind' | 'stem' | 'options' | 'key';

/** Where to look for what is wrong; nothing where it is the row as a whole. */
export const PART_OF: Readonly<Partial<Record<RowReason, Part>>> = {
  'kind-missing': 'kind',
  'kind-unknown': 'kind',
  'stem-missing': 'stem',
  'passage-missing': 'stem',
  'stem-torn': 'stem',
  'picture-needed': 'stem',
  'picture-unclear': 'stem',
  'picture-unreadable': 'stem',
  'formula-unreadable': 'stem',
  'table-unreadable': 'stem',
  'construct-unread': 'stem',
  'premises-missing': 'options',
  'premises-unclear': 'options',
  'options-missing': 'options',
  'options-unclear': 'options',
  'options-count': 'options',
  'options-same': 'options',
  'key-missing': 'key',
  'key-unreadable': 'key',
  'key-outside-options': 'key',
  'key-count': 'key',
  'key-too-free': 'key',
  'key-ordered': 'key',
  'key-contradicted': 'key',
};

/** What was typed, and what was made of it. Never anything that could change which options are right. */
export type Repair = { readonly part: Part; readonly from: string; readonly to: string };

/** A value read from cells, with a note whether more than trimming was needed; or why it cannot be read. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly repaired: boolean }
  | { readonly ok: false; readonly reason: RowReason };

/** An item read from a row, with what had to be repaired for it; or why there is none. */
export type ItemReading =
  | {
      readonly ok: true;
      readonly item: Item;
      readonly repairs: readonly Repair[];
      readonly pictures: PictureBytes;
      /** Parts that no candidate needs and that were left out, by the name that the format has for them: `hint`, `answer weight`. */
      readonly leftOut?: readonly string[];
    }
  | ({
      readonly ok: false;
      readonly reason: RowReason;
      /** What stands there, where its reader could tell it apart: what somebody mends it from. */
      readonly written?: (() => WrittenRow | undefined) | undefined;
    } & Why);

/** What a reason is about, where the row has several of its kind. */
export type Why = {
  readonly formula?: UnreadFormula;
  /** What `construct-unread` speaks of, by the name that the format has for it: `<templateDeclaration>`. */
  readonly construct?: string;
  /** Where it stands, as Excel calls it, where that is not to be told by the reason alone. */
  readonly cell?: string;
};

/** As it was written, and why nobody can draw it. */
export type UnreadFormula = { readonly tex: string; readonly why: string };

export const read = <T>(value: T, repaired = false): Reading<T> => ({ ok: true, value, repaired });

export const refuse = (reason: RowReason, why: Why = {}): { readonly ok: false; readonly reason: RowReason } & Why => ({
  ok: false,
  reason,
  ...why,
});
