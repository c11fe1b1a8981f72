import { type BankReport, importBank, type OrderedRow } from '../../authoring/import/index.ts';
import type { BankFileSaid } from '../../contract/platform/bank-uploads.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import { unreadFileWords } from '../../messages/bank-files.ts';
import { hashOfRow, type KeptRow, keep } from './written.ts';

/** How a file is read, as a thread is told. */
export type FileWish = {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly hidden: boolean;
  /** Whether all items are wanted at once, of which there may be very many. */
  readonly whole?: boolean;
};

/** What becomes of a row of a file, and what stands in it. */
export type ReadRow = Omit<OrderedRow, 'written'> & {
  readonly stem: string;
  readonly strayPicture: boolean;
  readonly written: { readonly row: KeptRow; readonly hash: Sha256 } | undefined;
};

export type ReadFile = {
  readonly rows: readonly ReadRow[];
  readonly said: Omit<BankFileSaid, 'mendedBefore'>;
  readonly items: readonly Item[];
  /** Those of items, and of rows that are mended yet. */
  readonly pictures: ReadonlyMap<Sha256, Uint8Array>;
  readonly report: BankReport;
};

/**
 * Reads a file of questions row by row.
 * @throws Refusal as {@link importBank}
 */
export async function readFileOf(
  { bytes, file, hidden }: FileWish,
  onProgress: (part: number) => void,
): Promise<ReadFile> {
  const { items, rows, pictures, report } = await importBank(bytes, file, { hidden, onProgress });
  const found = new Map(pictures);
  const strays = new Set(report.strayPictures.map(placeKey));
  const read = rows.map(({ written, ...row }): ReadRow => {
    const kept = written && keep(written);
    for (const [hash, picture] of kept?.pictures ?? []) found.set(hash, picture);
    const stem = shortly(row.asked?.item.stem.zh ?? written?.stem ?? '');
    const own = kept && { row: kept.row, hash: hashOfRow(kept.row) };
    return { ...row, stem, strayPicture: strays.has(placeKey(row)), written: own };
  });
  return { rows: read, said: saidOf(report), items, pictures: found, report };
}

const placeKey = ({ sheet, row }: { readonly sheet: string; readonly row: number }): string => `${row} ${sheet}`;

/** As much of a question as tells it from others in a list. */
const MOST_LETTERS = 120;
export function shortly(text: string): string {
  const line = [...text.replace(/\s+/g, ' ').trim()];
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1).join('')}…` : line.join('');
}

const saidOf = ({ skippedSheets, hidden, unreadFiles, unknownTerms, withFormulas, withTables }: BankReport) => ({
  ...{ skippedSheets, hidden, withFormulas, withTables },
  unreadFiles: unreadFiles.map((one) => ({ file: one.file, why: one.why, words: unreadFileWords(one) })),
  unknownTerms: unknownTerms.map(({ field, text, rows, first }) => ({ field, text, rows, first })),
});
