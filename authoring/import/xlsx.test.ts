import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { writeWorkbook } from './workbook.fixture.ts';
import { openXlsx, readXlsx } from './xlsx.ts';

const NAMESPACES =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const SHEET = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet';
const parts = (sheet: string, others: Readonly<Record<string, string>> = {}) => ({
  'xl/workbook.xml': `<workbook ${NAMESPACES}><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${SHEET}" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/worksheets/sheet1.xml': `<worksheet ${NAMESPACES}><sheetData>${sheet}</sheetData></worksheet>`,
  ...others,
});
const pack = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const rowsOf = (sheet: string, others?: Readonly<Record<string, string>>) =>
  readXlsx(pack(parts(sheet, others)))[0]?.data;
const refusal = (bytes: Uint8Array): string => reasonOf(() => readXlsx(bytes));

describe('a workbook', () => {
  it('gives texts of every kind: shared, rich, inline, of a formula; and no readings of characters', () => {
    const strings = `<sst><si><t xml:space="preserve"> 甲 </t></si>
      <si><r><t>红</t></r><r><rPr><b/></rPr><t>色</t></r><rPh sb="0" eb="1"><t>hóng</t></rPh></si></sst>`;
    const cells = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>
      <c r="C1" t="inlineStr"><is><r><t>a</t></r><r><t>&amp;b</t></r></is></c><c r="D1" t="str"><f>A1</f><v>公式</v></c></row>`;
    expect(rowsOf(cells, { 'xl/sharedStrings.xml': strings })).toEqual([[' 甲 ', '红色', 'a&b', '公式']]);
  });

  it('gives numbers, truth, nothing for an error, and a date where the style shows one', () => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/><numFmt numFmtId="165" formatCode="[Red]0.00"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`;
    const cells = `<row r="1"><c r="A1"><v>1.5</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#N/A</v></c>
      <c r="D1" s="1"><v>43000</v></c><c r="E1" s="2"><v>43000</v></c><c r="F1" s="3"><v>2</v></c><c r="G1" t="d"><v>2020-01-01</v></c></row>`;
    const [row = []] = rowsOf(cells, { 'xl/styles.xml': styles }) ?? [];
    expect(row.map((cell) => (cell instanceof Date ? 'date' : cell))).toEqual([
      1.5,
      true,
      null,
      'date',
      'date',
      2,
      'date',
    ]);
  });

  it.each([
    ['', '1903-02-08'],
    ['<workbookPr/>', '1903-02-08'],
    ['<workbookPr date1904="0"/>', '1903-02-08'],
    ['<workbookPr date1904="false"/>', '1903-02-08'],
    ['<workbookPr date1904="1"/>', '1907-02-09'],
    ['<workbookPr date1904="true"/>', '1907-02-09'],
  ])('counts days from where it says: %s', (properties, day) => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
    const cells = '<row r="1"><c r="A1" s="1"><v>1135</v></c><c r="B1"><v>1135</v></c></row>';
    const book = parts(cells, { 'xl/styles.xml': styles });
    const workbook = book['xl/workbook.xml'].replace('<sheets>', `${properties}<sheets>`);
    const [date, number] = readXlsx(pack({ ...book, 'xl/workbook.xml': workbook }))[0]?.data[0] ?? [];
    expect([date instanceof Date && date.toISOString().slice(0, 10), number]).toEqual([day, 1135]);
  });

  it('keeps the place of what is blank or left out, also where no cell says where it is', () => {
    expect(rowsOf('<row r="2"><c r="C2"><v>7</v></c></row><row><c><v>8</v></c><c><v>9</v></c></row>')).toEqual([
      [],
      [null, null, 7],
      [8, 9],
    ]);
    expect(rowsOf('<row r="1"><c r="AB1"><v>1</v></c></row>')?.[0]).toHaveLength(28);
  });

  it('may have prefixes, and relationships from the root', () => {
    const files = parts('');
    const prefixed = {
      ...files,
      'xl/_rels/workbook.xml.rels': files['xl/_rels/workbook.xml.rels'].replace('worksheets/', '/xl/worksheets/'),
      'xl/worksheets/sheet1.xml':
        '<x:worksheet xmlns:x="y"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    };
    expect(readXlsx(pack(prefixed))[0]?.data).toEqual([[3]]);
  });

  it('of any texts and numbers comes back as it was', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => /^[^\p{Cc}\uFFFE\uFFFF]*$/u.test(one));
    const cell = fc.oneof(text, fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 6 }), (rows) => {
        const [sheet] = readXlsx(writeWorkbook([{ sheet: 'Sheet1', rows }]));
        for (const [at, row] of rows.entries())
          for (const [column, value] of row.entries()) expect(sheet?.data[at]?.[column] ?? null).toBe(value);
      }),
    );
  });

  it('keeps what stands higher, and what is marked as plain text', () => {
    const runs =
      '<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>6</t></r><r><t xml:space="preserve">Ω 不得</t></r>';
    const cells = `<row r="1"><c r="A1" t="inlineStr"><is>${runs}</is></c><c r="B1" t="inlineStr"><is><t>电压<![CDATA[不]]>是</t></is></c></row>`;
    expect(rowsOf(cells)).toEqual([['10⁶Ω 不得', '电压不是']]);
  });

  it('does not fill the memory with what lies far out', () => {
    const far = Array.from({ length: 3_000 }, (_, n) => `<row r="${n + 1}"><c r="XFD${n + 1}"><v>1</v></c></row>`);
    expect(rowsOf(far.join(''))?.every((row) => row.length === 0)).toBe(true);
  });

  it('tells how far it is', () => {
    const seen: number[] = [];
    for (const { rows } of openXlsx(pack(parts('')), (part) => seen.push(part))) expect([...rows]).toEqual([]);
    expect(seen.at(-1)).toBe(1);
  });
});

describe('a workbook whose pictures', () => {
  const zipped = (files: Readonly<Record<string, Uint8Array>>): Buffer => {
    const drawn =
      '<Relationships><Relationship Id="d" Type="r/drawing" Target="../drawings/drawing1.xml"/></Relationships>';
    const book = parts('<row r="1"/>', { 'xl/worksheets/_rels/sheet1.xml.rels': drawn });
    const sheet = Object.entries(book).map(([name, text]) => [name, strToU8(text)]);
    return Buffer.from(zipSync({ ...Object.fromEntries(sheet), ...files }, { level: 9 }));
  };
  /** As it is, and so that whoever unpacks any of the entry finds that it cannot be. */
  const spoilt = (bytes: Buffer, name: string): Buffer => {
    const start = bytes.indexOf(name) + name.length;
    return Buffer.concat([bytes.subarray(0, start), Buffer.alloc(8, 0xff), bytes.subarray(start + 8)]);
  };
  const why = (bytes: Uint8Array): string => {
    try {
      return openXlsx(bytes).map(({ sheet }) => sheet)[0] ?? '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['say where they lie in too much XML', ['xl/drawings/drawing1.xml']],
    ['say it in several parts that together are too much', ['xl/cellimages.xml', 'xl/drawings/drawing1.xml']],
  ])('%s is refused before it is unpacked', (_, names) => {
    const each = new Uint8Array(20_000_010 / names.length);
    const bytes = zipped(Object.fromEntries(names.map((name) => [name, each])));
    expect(bytes.length).toBeLessThan(50_000);
    const last = names.at(-1) as string;
    for (const one of [bytes, spoilt(bytes, last)])
      expect(why(one)).toBe(`not-a-workbook: "${last}" unpacks to too much`);
    // Where it is not too much, what is spoilt is noticed.
    const little = zipped({ [last]: new Uint8Array(20_000) });
    expect([why(little), why(spoilt(little, last)) === why(little)]).toEqual(['一', false]);
  });

  it('are themselves large is read', () => {
    expect(why(zipped({ 'xl/media/image1.png': new Uint8Array(21_000_000) }))).toBe('一');
  });
});

describe('no workbook', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, n) => `<row r="${n + 1}"/>`).join('');
  it.each<[string, Uint8Array]>([
    ['without its sheet', pack({ ...parts(''), 'xl/worksheets/sheet1.xml': '' })],
    ['with a row out of order', pack(parts('<row r="5"/><row r="3"/>'))],
    ['with a row beyond Excel', pack(parts('<row r="99999999"/>'))],
    ['with a cell beyond Excel', pack(parts('<row r="1"><c r="ZZZZZ1"/></row>'))],
    [
      'with a document type',
      pack({ ...parts(''), 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }),
    ],
    ['with half its XML', pack({ ...parts(''), 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows(3)}` })],
    ['cut off', pack(parts(rows(500))).subarray(0, 900)],
  ])('%s', (_, bytes) => {
    expect(refusal(bytes)).toBe('not-a-workbook');
  });
});
