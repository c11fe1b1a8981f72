import { basename, extname } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Terms } from '../../contract/words/terms.ts';
import { SEED_TERMS } from '../terms/index.ts';
import { readBankFile } from './bank-file.ts';
import type { GivenColumns } from './columns.ts';
import { readCsvRows } from './csv.ts';
import { readGift } from './gift.ts';
import { readMoodleXml } from './moodle-xml.ts';
import { mustBeNoOther } from './other-formats.ts';
import { isQti, readQti } from './qti/index.ts';
import { type CheckedBank, type ImportedBank, sortOut } from './report.ts';
import type { Source } from './source.ts';
import { type Reading, readWorkbookRows } from './workbook.ts';

/** The part of a file that has been read, 0..1. */
export type OnProgress = (part: number) => void;

export type ImportOptions = {
  readonly onProgress?: OnProgress;
  readonly columns?: GivenColumns | undefined;
  /** Rows and sheets of a workbook that are hidden are read too; without it they are told of. */
  readonly hidden?: boolean | undefined;
  /** What sectors, areas and categories are called here. */
  readonly terms?: Terms;
};

/** Formats by the end of a file's name. */
const FORMATS: Readonly<
  Record<string, (bytes: Uint8Array, file: string, reading: Reading) => Source | Promise<Source>>
> = {
  '.xlsx': readWorkbookRows,
  '.csv': readCsvRows,
  '.json': readBankFile,
  '.gift': readGift,
  '.txt': readGift,
  '.xml': (bytes, _, reading) => (isQti(bytes) ? readQti(bytes) : readMoodleXml(bytes, reading)),
  '.zip': readQti,
  '.imscc': readQti,
  '.qti': readQti,
  '.dat': readQti,
};
/** Those that something else is saved as now and then. */
const TABLES = new Set(['.xlsx', '.csv']);
export const BANK_FORMATS = Object.keys(FORMATS);

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
  { terms = SEED_TERMS, ...reading }: ImportOptions,
  keep: boolean,
): Promise<ImportedBank> {
  const ending = extname(file).toLowerCase();
  const format = FORMATS[ending];
  if (!format || TABLES.has(ending)) mustBeNoOther(bytes);
  if (!format) throw new Refusal('not-a-workbook', `${basename(file)} ends in none of ${BANK_FORMATS.join(' ')}`);
  const bank = await sortOut(basename(file), await format(bytes, file, reading), terms, keep);
  if (bank.report.rows === 0) {
    const unread = bank.report.unreadFiles.map((one) => `${one.file}: ${one.why}`);
    const kept = bank.report.hidden.filter((one) => !one.read).map((one) => `${one.count} hidden ${one.what}`);
    throw new Refusal('no-items', [file, ...unread, ...kept].join('; '));
  }
  return bank;
}
