import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../contract/words/reasons.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { importBank } from './import-bank.ts';
import { openXlsx, readXlsx } from './xlsx.ts';
import { parseXml, textOf } from './xml.ts';

const SHEET = '<sheet name="一" sheetId="1" r:id="r1"/>';

/** A workbook of one part that holds rows, whatever its list of sheets says. */
const bookOf = (rows: string, others: Readonly<Record<string, string>> = {}, sheets = SHEET): Uint8Array => {
  const files = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...others,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
};

/** How many rows came out before it was refused. */
function rowsBefore(bytes: Uint8Array): { readonly rows: number; readonly reason: string } {
  let rows = 0;
  const reason = reasonOf(() => {
    for (const sheet of openXlsx(bytes)) for (const _ of sheet.rows) rows += 1;
  });
  return { rows, reason };
}

const refusal = (bytes: Uint8Array, file: string): Promise<string> =>
  importBank(bytes, file).then(
    () => 'read',
    (error: unknown) => (error instanceof Refusal ? error.reason : String(error)),
  );

describe('a small workbook that would be a large one', () => {
  it('is refused while hardly any of it is held: a million rows with one cell far out', () => {
    const bytes = bookOf('<row><c r="SR1"/></row>'.repeat(1_000_000));
    expect(bytes.length).toBeLessThan(100_000);
    const { rows, reason } = rowsBefore(bytes);
    expect(reason).toBe('not-a-workbook');
    expect(rows * 512).toBeLessThan(4_000_000);
  });

  it('is refused by what comes out of it: a hundred times its size', () => {
    const bytes = bookOf('<row/>', { 'xl/sharedStrings.xml': `<sst>${'<si/>'.repeat(8_000_000)}</sst>` });
    expect(bytes.length).toBeLessThan(100_000);
    expect(reasonOf(() => openXlsx(bytes))).toBe('not-a-workbook');
  });

  it.each([
    ['a million columns', () => bookOf('<row><c r="BDWGN1"/></row>')],
    ['the same sheet a thousand times', () => bookOf('<row r="1048576"/>', {}, SHEET.repeat(1_000))],
    [
      'more styles than Excel has',
      () => bookOf('<row/>', { 'xl/styles.xml': `<s><cellXfs>${'<xf/>'.repeat(100_001)}</cellXfs></s>` }),
    ],
    ['a text that no cell holds', () => bookOf(`<row><c t="str"><v>${'x'.repeat(32_768)}</v></c></row>`)],
  ])('is refused: %s', (_, make) => {
    expect(rowsBefore(make())).toEqual({ rows: 0, reason: 'not-a-workbook' });
  });

  it('is refused: merged cells that all lie over each other', async () => {
    const cells = (words: readonly string[]) =>
      words.map((word) => `<c t="inlineStr"><is><t>${word}</t></is></c>`).join('');
    const rows = `<row>${cells(['题型', '题目', '选项', '答案'])}</row>${'<row/>'.repeat(20_000)}`;
    const merges = '<mergeCell ref="A2:A20000"/>'.repeat(200_000);
    const sheet = `<worksheet><sheetData>${rows}</sheetData><mergeCells>${merges}</mergeCells></worksheet>`;
    expect(await refusal(bookOf('', { 'xl/worksheets/sheet1.xml': sheet }), 'a.xlsx')).toBe('not-a-workbook');
  });

  it('is refused: conditional formats that all lie over each other', async () => {
    const look = '<cfRule dxfId="0"/>';
    const over = `<conditionalFormatting sqref="A2:A20000">${look.repeat(150_000)}</conditionalFormatting>`;
    const sheet = `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(9)}</sheetData>${over}</worksheet>`;
    const styles = '<s><dxfs><dxf><numFmt formatCode="0.0"/></dxf></dxfs></s>';
    const book = bookOf('', { 'xl/worksheets/sheet1.xml': sheet, 'xl/styles.xml': styles });
    expect(await refusal(book, 'a.xlsx')).toBe('not-a-workbook');
  });

  it('is read up to the last row there can be, and as a table up to five thousand', () => {
    const last = bookOf('<row r="1048576"><c r="A1048576"><v>7</v></c></row>');
    expect([...(openXlsx(last)[0]?.rows ?? [])].at(-1)).toEqual([7]);
    expect(reasonOf(() => readXlsx(last))).toBe('not-a-workbook');
    expect(readXlsx(bookOf('<row/>'.repeat(5_000)))[0]?.data).toHaveLength(5_000);
  });
});

describe('a text file that would be much more', () => {
  it.each([
    ['commas and nothing else', ','.repeat(5_000_001), 'a.csv'],
    ['lines and nothing else', '\n'.repeat(5_000_001), 'a.csv'],
    ['a cell without end', `题型,题干\n单选,${'x'.repeat(32_768)}`, 'a.csv'],
    ['elements and nothing else', `<quiz>${'<a/>'.repeat(2_000_001)}</quiz>`, 'a.xml'],
    [
      'attributes and nothing else',
      `<quiz ${Array.from({ length: 1_001 }, (_, at) => `a${at}=""`).join(' ')}/>`,
      'a.xml',
    ],
  ])('is refused: %s', async (_, text, file) => {
    expect(await refusal(Buffer.from(text), file)).toBe('not-a-workbook');
  });

  it('declares no entity that stands for another', () => {
    const laughs = '<!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>';
    expect(reasonOf(() => parseXml(Buffer.from(laughs)))).toBe('not-a-workbook');
    expect(textOf(parseXml(Buffer.from('<quiz>&b;</quiz>')))).toBe('&b;');
  });

  it('is looked through once: a question of GIFT that is nearly a number', async () => {
    expect(await refusal(Buffer.from(`q {#1${' '.repeat(200_000)}x}`), 'a.gift')).toBe('read');
  });
});
