import { basename, extname } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Terms } from '../../contract/words/terms.ts';
import { SEED_TERMS } from '../terms/index.ts';
import { readBankFile } from './bank-file.ts';
import type { GivenColumns } from './columns.ts';
import { readCsvRows } from './csv.ts';
import { readGift } from './gift.ts';
import { readMoodleXml } from './moodle-xml.ts';
import { readQti } from './qti.ts';
import { type CheckedBank, type ImportedBank, sortOut } from './report.ts';
import type { Source } from './source.ts';
import { type Reading, readWorkbookRows } from './workbook.ts';

/** The part of a file that has been read, 0..1. */
export type OnProgress = (part: number) => void;

export type ImportOptions = {
  readonly onProgress?: OnProgress;
  readonly columns?: GivenColumns | undefined;
  /** Whether rows and sheets that a workbook does not show are read as well; in any case they are told of. */
  readonly hidden?: boolean | undefined;
  /** What sectors, areas and categories are called here. */
  readonly terms?: Terms;
};

/** Formats by the end of a file's name. */
const FORMATS: Readonly<Record<string, (bytes: Uint8Array, file: string, reading: Reading) => Source>> = {
  '.xlsx': readWorkbookRows,
  '.csv': readCsvRows,
  '.json': readBankFile,
  '.gift': readGift,
  '.txt': readGift,
  '.xml': (bytes) => (isQti(bytes) ? readQti(bytes) : readMoodleXml(bytes)),
  '.zip': readQti,
};
export const BANK_FORMATS = Object.keys(FORMATS);

/** A QTI item stands for itself where it is not packed. */
const isQti = (bytes: Uint8Array): boolean =>
  /<(qti-)?assessment-?item\b/i.test(Buffer.from(bytes.subarray(0, 4096)).toString());

/**
 * Reads a question bank: Excel, CSV, Moodle GIFT and XML, QTI, or this product's own JSON. What cannot be read without
 * guessing is left out and reported row by row.
 * @param file its name, which says what it is
 * @throws Refusal `not-a-workbook` (of none of these formats, or unreadable) or `no-items` (nothing that would be an item)
 */
export const importBank = (bytes: Uint8Array, file: string, options: ImportOptions = {}): Promise<ImportedBank> =>
  read(bytes, file, options, true);

/** What {@link importBank} would say, without the items: of a workbook, however long, little is held at a time. */
export const checkBank = (bytes: Uint8Array, file: string, options: ImportOptions = {}): Promise<CheckedBank> =>
  read(bytes, file, options, false);

async function read(
  bytes: Uint8Array,
  file: string,
  { onProgress, columns, hidden, terms = SEED_TERMS }: ImportOptions,
  keep: boolean,
): Promise<ImportedBank> {
  const format = FORMATS[extname(file).toLowerCase()];
  if (!format) throw new Refusal('not-a-workbook', `${basename(file)} ends in none of ${BANK_FORMATS.join(' ')}`);
  const bank = await sortOut(basename(file), format(bytes, file, { onProgress, columns, hidden }), terms, keep);
  if (bank.report.rows === 0) throw new Refusal('no-items', file);
  return bank;
}
