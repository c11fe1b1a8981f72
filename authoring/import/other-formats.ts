import { Refusal } from '../../contract/words/reasons.ts';
import { openZip } from '../../proof/zip.ts';

const SAVE = 'open it and save it as .xlsx or .csv';

/**
 * Files that are taken for workbooks and are none, by what they begin with and what is in them.
 * @throws Refusal `not-a-workbook` that names the format, and says what to do
 */
export function mustBeNoOther(bytes: Uint8Array): void {
  const name = otherFormat(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (name) throw new Refusal('not-a-workbook', name);
}

function otherFormat(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8).equals(OLE)) return oldFormat(bytes);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return zippedFormat(bytes);
  const start = bytes
    .subarray(0, 1_000)
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '')
    .trimStart();
  const [, name] = STARTS.find(([pattern]) => pattern.test(start)) ?? [];
  return name && `${name}: ${SAVE}`;
}

const STARTS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'a PDF'],
  [/^\{\\rtf/, 'a text in RTF'],
  [/^<\?xml[^>]*\?>\s*<\?mso-application/, 'an Excel 2003 table in XML'],
  [/^(<\?xml[^>]*\?>\s*)?(<!DOCTYPE html|<html|<table|<head|<meta)/i, 'a web page that was called a workbook'],
  [/^ID;P/, 'a table in SYLK'],
];

/** MS-CFB: the container of Office before 2007, and of what Office encrypts. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const OLD: readonly (readonly [string, string])[] = [
  ['EncryptedPackage', 'a workbook that a password protects: take the password off and save it again'],
  ['WordDocument', `a Word document (.doc): ${SAVE}`],
  ['PowerPoint Document', `slides (.ppt): ${SAVE}`],
  ['Workbook', `an old Excel workbook (.xls): ${SAVE}`],
  ['Book', `an old Excel workbook (.xls): ${SAVE}`],
];

/** Streams are listed by their names in UTF-16. */
const oldFormat = (bytes: Buffer): string =>
  OLD.find(([stream]) => bytes.includes(Buffer.from(stream, 'utf16le')))?.[1] ??
  `an old Office file (.xls, .doc): ${SAVE}`;

const ZIPPED: readonly (readonly [RegExp, string])[] = [
  [/^xl\/workbook\.bin$/, 'a binary workbook (.xlsb)'],
  [/^Index\/.*\.iwa$|^index\.(zip|apxl)$/i, 'a Numbers table (.numbers)'],
  [/^word\/document\.xml$/, 'a Word document (.docx)'],
  [/^ppt\/presentation\.xml$/, 'slides (.pptx)'],
  [/^content\.xml$/, 'an OpenDocument file (.ods)'],
];

/** More than an honest one lists. */
const MOST_ENTRIES = 100_000;

function zippedFormat(bytes: Buffer): string | undefined {
  const names = namesIn(bytes);
  if (names.includes('xl/workbook.xml')) return undefined;
  const [, name] = ZIPPED.find(([pattern]) => names.some((one) => pattern.test(one))) ?? [];
  return name && `${name}: ${SAVE}`;
}

/** None where the list cannot be read: whoever opens the zip says why. */
function namesIn(bytes: Buffer): readonly string[] {
  const limits = { entries: MOST_ENTRIES, each: Number.MAX_SAFE_INTEGER, all: Number.MAX_SAFE_INTEGER };
  try {
    return openZip(bytes, () => true, limits).names;
  } catch {
    return [];
  }
}
