import readWorkbook from 'read-excel-file/node';
import type { Item } from '../../../contract/items.ts';
import { Refusal } from '../../../contract/reasons.ts';
import { contradictedIds } from './contradictions.ts';
import type { Layout } from './headings.ts';
import type { Reading, RowReason } from './problems.ts';
import { readItem } from './row-item.ts';
import { readSheet, type Sheet, type SheetRows } from './sheets.ts';

export type { RowReason } from './problems.ts';

export type RowProblem = {
  readonly sheet: string;
  /** 1-based, as Excel shows it. */
  readonly row: number;
  readonly reason: RowReason;
};

/**
 * What became of every item row: accepted + repaired + rejected = rows.
 *
 * `repaired` counts the rows whose text had to be changed beyond what the notation of a bank asks for. A number in front
 * of the stem, separators and labels are notation and make no repair; a label dug out of a text, joined pieces,
 * synthesised options, a key with commas or in lower case do.
 */
export type WorkbookReport = {
  readonly file: string;
  readonly rows: number;
  readonly accepted: number;
  readonly repaired: number;
  readonly rejected: readonly RowProblem[];
  readonly skippedSheets: readonly { readonly sheet: string; readonly reason: 'empty' | 'no-headings' }[];
};

export type ImportedWorkbook = { readonly items: readonly Item[]; readonly report: WorkbookReport };

async function openWorkbook(bytes: Uint8Array): Promise<readonly Sheet[]> {
  try {
    // The reader's types say `typeof Date` where they mean a Date.
    return (await readWorkbook(Buffer.from(bytes), { trim: false })) as unknown as readonly Sheet[];
  } catch (cause) {
    throw new Refusal('not-a-workbook', cause instanceof Error ? cause.message : undefined);
  }
}

/** Sheets in order: one without headings goes on under those of the last that had some. */
function readSheets(sheets: readonly Sheet[]): readonly (SheetRows & { readonly sheet: string })[] {
  let layout: Layout | undefined;
  return sheets.map((sheet) => {
    const read = readSheet(sheet, layout);
    layout = read.layout;
    return { ...read, sheet: sheet.sheet };
  });
}

type ReadRow = { readonly sheet: string; readonly row: number; readonly item: Reading<Item> };

function readRows(sheets: readonly SheetRows[]): readonly ReadRow[] {
  return sheets.flatMap(({ rows }) => {
    const stems = rows.map(({ stem }) => stem);
    return rows.map(({ sheet, row }, at) => ({ sheet, row, item: readItem(rows, stems, at) }));
  });
}

type Sorted = { readonly items: readonly Item[]; readonly rejected: readonly RowProblem[]; readonly repaired: number };

/** Sorts the rows into items and problems; of equal items the first stays. */
function sortOut(rows: readonly ReadRow[]): Sorted {
  const contradicted = contradictedIds(rows.flatMap(({ item }) => (item.ok ? [item.value] : [])));
  const items = new Map<string, Item>();
  const rejected: RowProblem[] = [];
  let repaired = 0;
  const problemOf = (item: Reading<Item>): RowReason | undefined => {
    if (!item.ok) return item.reason;
    if (contradicted.has(item.value.id)) return 'key-contradicted';
    return items.has(item.value.id) ? 'duplicate' : undefined;
  };
  for (const { sheet, row, item } of rows) {
    const reason = problemOf(item);
    if (reason) rejected.push({ sheet, row, reason });
    if (!item.ok || reason) continue;
    items.set(item.value.id, item.value);
    repaired += item.repaired ? 1 : 0;
  }
  return { items: [...items.values()], rejected, repaired };
}

/**
 * Reads a question bank out of an Excel workbook, wherever its columns stand and however its options are written. What
 * cannot be read without guessing is left out and reported row by row.
 * @throws Refusal `not-a-workbook` (not an xlsx / unreadable) or `no-items` (a workbook without one item row)
 */
export async function importWorkbook(bytes: Uint8Array, file: string): Promise<ImportedWorkbook> {
  const sheets = readSheets(await openWorkbook(bytes));
  const rows = readRows(sheets);
  if (rows.length === 0) throw new Refusal('no-items', file);
  const { items, rejected, repaired } = sortOut(rows);
  const skippedSheets = sheets.flatMap(({ sheet, skipped }) => (skipped ? [{ sheet, reason: skipped }] : []));
  const accepted = items.length - repaired;
  return { items, report: { file, rows: rows.length, accepted, repaired, rejected, skippedSheets } };
}
