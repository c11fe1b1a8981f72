import type { Sha256 } from '../../../contract/ids.ts';
import type { Item } from '../../../contract/items.ts';
import type { Terms } from '../../../contract/terms.ts';
import { inTerms, type UnknownTerm } from '../terms/terms.ts';
import type { PictureBytes } from './passage.ts';
import { type ItemReading, PART_OF, type Part, type Repair, type RowReason } from './problems.ts';
import { answerKey, questionKey } from './questions.ts';
import type { Columns } from './sheets.ts';
import type { Source } from './workbook.ts';

/** Where a row stands: a sheet and a row as Excel shows them; in other formats the part of the file, and line or number. */
export type Place = { readonly sheet: string; readonly row: number };

/** One row of a source that stands where items stand. */
export type ReadRow = Place & {
  /** Where its parts stand, where the source has cells. */
  readonly columns?: Columns | undefined;
  readonly reading: ItemReading;
};

export type RowProblem = Place & { readonly reason: RowReason; readonly cell?: string };
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
};
export type SkippedSheet = { readonly sheet: string; readonly reason: 'empty' | 'no-headings' };

export type ImportedBank = {
  readonly items: readonly Item[];
  /** What the items show. */
  readonly pictures: PictureBytes;
  readonly report: BankReport;
};

/** Sorts rows into items and problems. Of questions that are the same the first stays; where their keys differ, none does. */
export function sortOut(file: string, { rows, skippedSheets, strayPictures = [] }: Source, terms: Terms): ImportedBank {
  const questions = rows.map(({ reading }) => (reading.ok ? questionKey(reading.item) : ''));
  const contradicted = contradictions(rows, questions);
  const firsts = new Map<string, Place>();
  const items: Item[] = [];
  const pictures = new Map<Sha256, Uint8Array>();
  const rejected: RowProblem[] = [];
  const repairs: RowRepairs[] = [];
  const duplicates: RowDuplicate[] = [];
  const unknown = new Map<string, UnknownTerm & { readonly rows: number; readonly first: Place }>();
  for (const [at, { sheet, row, columns, reading }] of rows.entries()) {
    const place = { sheet, row };
    const question = questions[at] as string;
    const reason = reading.ok ? (contradicted.has(question) ? 'key-contradicted' : undefined) : reading.reason;
    if (reason) rejected.push({ ...place, reason, ...cellOf(columns, PART_OF[reason], row) });
    if (!reading.ok || reason) continue;
    if (reading.repairs.length > 0) repairs.push({ ...place, repairs: reading.repairs });
    const first = firsts.get(question);
    if (first) {
      duplicates.push({ ...place, of: first });
      continue;
    }
    firsts.set(question, place);
    const named = inTerms(reading.item, terms);
    for (const term of named.unknown) {
      const key = `${term.field} ${term.text}`;
      unknown.set(key, { ...term, rows: (unknown.get(key)?.rows ?? 0) + 1, first: unknown.get(key)?.first ?? place });
    }
    items.push({ ...named.item, source: { file, ...(sheet === '' ? {} : { sheet }), row } });
    for (const [hash, bytes] of reading.pictures) pictures.set(hash, bytes);
  }
  const accepted = rows.length - rejected.length - repairs.length;
  const repaired = repairs.length;
  const unknownTerms = [...unknown.values()];
  return {
    items,
    pictures,
    report: {
      file,
      rows: rows.length,
      accepted,
      repaired,
      rejected,
      repairs,
      duplicates,
      skippedSheets,
      unknownTerms,
      strayPictures,
    },
  };
}

/** C17, as Excel calls a cell. */
const cellOf = (columns: Columns | undefined, part: Part | undefined, row: number): { cell?: string } => {
  const column = part && columns?.[part];
  return column ? { cell: `${column}${row}` } : {};
};

/** Questions to which the rows give different keys: at least one of them is wrong, and nobody here knows which. */
function contradictions(rows: readonly ReadRow[], questions: readonly string[]): ReadonlySet<string> {
  const answers = new Map<string, string>();
  const contradicted = new Set<string>();
  for (const [at, { reading }] of rows.entries()) {
    if (!reading.ok) continue;
    const [question, answer] = [questions[at] as string, answerKey(reading.item)];
    if ((answers.get(question) ?? answer) !== answer) contradicted.add(question);
    answers.set(question, answer);
  }
  return contradicted;
}
