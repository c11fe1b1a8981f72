import type { Item } from '../../contract/words/items.ts';
import type { Terms } from '../../contract/words/terms.ts';
import { inTerms, type UnknownTerm } from '../terms/index.ts';
import { contentOf } from './content.ts';
import { draftOf } from './draft-of.ts';
import { type OrderedRow, orderedRows } from './ordered-rows.ts';
import { type Asked, cellOf, type Outcome, type Question } from './outcome.ts';
import { NO_PICTURES, type PictureBytes } from './passage.ts';
import { openPictureCheck } from './picture-check.ts';
import { type ItemReading, PART_OF, type Repair, type RowReason, refuse, type Why } from './problems.ts';
import { answerKey, questionKey } from './questions.ts';
import type { Hidden, Place, SkippedSheet, Source, UnreadFile } from './source.ts';
import { writtenOf } from './written-row.ts';

export type RowProblem = Place & { readonly reason: RowReason } & Why;
/** What stood in a row and no candidate needs. */
export type RowLeftOut = Place & { readonly constructs: readonly string[] };
export type RowRepairs = Place & { readonly repairs: readonly Repair[] };
/** A question that was there before; the first stays, and counts once. */
export type RowDuplicate = Place & { readonly of: Place };

/**
 * What became of every item row: accepted + repaired + rejected = rows, and each of `duplicates` is among the first two.
 *
 * `repaired` counts the rows whose text had to be changed beyond what the notation of a bank asks for. A number in front
 * of the stem, separators and labels are notation and make no repair; a label dug out of a text, joined pieces,
 * synthesised options, a key with commas or in lower case do.
 */
export type BankReport = {
  readonly file: string;
  readonly rows: number;
  readonly accepted: number;
  readonly repaired: number;
  readonly rejected: readonly RowProblem[];
  readonly repairs: readonly RowRepairs[];
  readonly duplicates: readonly RowDuplicate[];
  readonly skippedSheets: readonly SkippedSheet[];
  /** Names of sectors, areas and categories that the lists do not have, with the first row that has each. */
  readonly unknownTerms: readonly (UnknownTerm & { readonly rows: number; readonly first: Place })[];
  /** Rows over which a picture lies that their question does not speak of: it was left out. */
  readonly strayPictures: readonly Place[];
  readonly leftOut: readonly RowLeftOut[];
  readonly hidden: readonly Hidden[];
  readonly unreadFiles: readonly UnreadFile[];
  /** How many of the items have formulas, and how many tables. */
  readonly withFormulas: number;
  readonly withTables: number;
};

export type CheckedBank = { readonly report: BankReport; readonly asked: readonly Asked[] };
export type ImportedBank = CheckedBank & {
  readonly items: readonly Item[];
  /** All of them, as the file has them; none where no items are wanted. */
  readonly rows: readonly OrderedRow[];
  /** What the items show. */
  readonly pictures: PictureBytes;
};

/**
 * Sorts rows into items and problems. Of questions that are the same the first stays; where their keys differ, none does.
 * @param keep whether items are wanted: without them little is kept of each row
 */
export async function sortOut(file: string, source: Source, terms: Terms, keep: boolean): Promise<ImportedBank> {
  const outcomes: Outcome[] = [];
  const questions = new Map<string, Question>();
  const isReadable = openPictureCheck();
  for (const { sheet, row, columns, reading: read, written: typed } of source.rows) {
    const reading: ItemReading = read.ok && !(await isReadable(read.pictures)) ? refuse('picture-unreadable') : read;
    const [place, question] = [{ sheet, row }, reading.ok ? questionKey(reading.item) : ''];
    const [reason, repairs] = reading.ok ? [undefined, reading.repairs] : [reading.reason, []];
    const [why, leftOut] = reading.ok ? [{}, reading.leftOut ?? []] : [whyOf(reading), []];
    const written = keep
      ? (typed ?? (() => (read.ok ? writtenOf(draftOf(read.item), read.pictures) : read.written?.())))
      : undefined;
    outcomes.push({ ...place, columns, question, reason, repairs, why, leftOut, written });
    if (!reading.ok) continue;
    const answer = answerKey(reading.item);
    const first = questions.get(question);
    if (first) {
      if (first.answer !== answer) questions.set(question, { ...first, contradicted: true });
      else if (reading.item.fixedOrder) questions.set(question, lockedAs(first, reading.item, reading.pictures));
      continue;
    }
    const { item, unknown } = inTerms(reading.item, terms);
    const content = contentOf(draftOf(item));
    const sourced = { ...item, source: { file, ...(sheet === '' ? {} : { sheet }), row } };
    const kept = keep ? { item: sourced, pictures: reading.pictures } : { item: undefined, pictures: NO_PICTURES };
    questions.set(question, { ...place, question, answer, contradicted: false, unknown, content, ...kept });
  }
  const good = [...questions.values()].filter(({ contradicted }) => !contradicted);
  return {
    items: good.flatMap(({ item }) => item ?? []),
    rows: keep ? orderedRows(outcomes, questions) : [],
    pictures: new Map(good.flatMap(({ pictures }) => [...pictures])),
    asked: good.map(({ sheet, row, question, answer }) => ({ sheet, row, question, answer })),
    report: {
      ...{ file, ...count(outcomes, questions), unknownTerms: unknownTerms(good), ...said(source) },
      withFormulas: good.filter(({ content }) => content.formulas).length,
      withTables: good.filter(({ content }) => content.tables).length,
    },
  };
}

/**
 * A question that was there before, its options in the order that a later one is locked to: with a key that counts them, another
 * order would be another key.
 */
function lockedAs(
  first: Question,
  { id, stem, pictures, premises, options, key }: Item,
  shown: PictureBytes,
): Question {
  if (!first.item || first.item.fixedOrder) return first;
  const { pictures: _, ...rest } = first.item;
  const asked = { id, stem, ...(pictures ? { pictures } : {}), ...(premises ? { premises } : {}), options, key };
  const item: Item = { ...rest, ...asked, fixedOrder: true };
  return { ...first, item, pictures: shown };
}

const whyOf = ({ formula, construct, cell }: Why): Why => ({
  ...(formula && { formula }),
  ...(construct && { construct }),
  ...(cell && { cell }),
});

const said = ({ skippedSheets, strayPictures = [], hidden = [], unreadFiles = [] }: Source) => ({
  ...{ skippedSheets, strayPictures, hidden, unreadFiles },
});

type Counts = Pick<BankReport, 'rows' | 'accepted' | 'repaired' | 'rejected' | 'repairs' | 'duplicates' | 'leftOut'>;

function count(outcomes: readonly Outcome[], questions: ReadonlyMap<string, Question>): Counts {
  const rejected: RowProblem[] = [];
  const repairs: RowRepairs[] = [];
  const duplicates: RowDuplicate[] = [];
  const leftOut: RowLeftOut[] = [];
  for (const { sheet, row, columns, question, reason: read, repairs: made, why, leftOut: parts } of outcomes) {
    const place = { sheet, row };
    const asked = questions.get(question);
    const reason = read ?? (asked?.contradicted ? 'key-contradicted' : undefined);
    if (reason) {
      rejected.push({ ...place, reason, ...cellOf(columns, PART_OF[reason], row), ...why });
      continue;
    }
    if (parts.length > 0) leftOut.push({ ...place, constructs: [...new Set(parts)] });
    if (made.length > 0) repairs.push({ ...place, repairs: made });
    if (asked && (asked.row !== row || asked.sheet !== sheet))
      duplicates.push({ ...place, of: { sheet: asked.sheet, row: asked.row } });
  }
  const [rows, repaired] = [outcomes.length, repairs.length];
  return { rows, accepted: rows - rejected.length - repaired, repaired, rejected, repairs, duplicates, leftOut };
}

function unknownTerms(questions: readonly Question[]): BankReport['unknownTerms'] {
  const found = new Map<string, BankReport['unknownTerms'][number]>();
  for (const { sheet, row, unknown } of questions)
    for (const term of unknown) {
      const key = `${term.field} ${term.text}`;
      const { rows = 0, first = { sheet, row } } = found.get(key) ?? {};
      found.set(key, { ...term, rows: rows + 1, first });
    }
  return [...found.values()];
}
