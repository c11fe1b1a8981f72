import { describe, expect, it } from 'vitest';
import { sha256 } from '../../proof/index.ts';
import { writeOddZip } from '../../proof/zip.fixture.ts';
import { importBank } from './import-bank.ts';
import { png } from './png.fixture.ts';
import { readTable } from './table.ts';
import { readXlsx } from './xlsx.ts';

const RED = png([255, 0, 0]);
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
type Files = Readonly<Record<string, string | Uint8Array>>;

const relations = (...all: readonly (readonly [string, string, string])[]): string =>
  `<Relationships>${all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`).join('')}</Relationships>`;
const rows = [
  ['题型', '题目', '选项A', '选项B', '答案'],
  ['单选题', '下图为什么标志？', '甲', '乙', 'A'],
].map((cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`);
const DRAWING =
  '<wsDr xmlns:r="r"><twoCellAnchor><from><col>1</col><row>1</row></from><to><col>2</col><row>2</row></to><pic><blipFill><blip r:embed="p"/></blipFill></pic></twoCellAnchor></wsDr>';

const BOOK: Files = {
  '_rels/.rels': relations(['w', `${TYPE}/officeDocument`, 'xl/workbook.xml']),
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="s"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': relations(['s', `${TYPE}/worksheet`, 'worksheets/sheet1.xml']),
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
  'xl/worksheets/_rels/sheet1.xml.rels': relations(['d', `${TYPE}/drawing`, '../drawings/drawing1.xml']),
  'xl/drawings/drawing1.xml': DRAWING,
  'xl/drawings/_rels/drawing1.xml.rels': relations(['p', `${TYPE}/image`, '../media/image1.png']),
  'xl/media/image1.png': RED,
};

const zip = (files: Files): Buffer => writeOddZip(Object.entries(files).map(([name, data]) => ({ name, data })));
const renamed = (files: Files, by: (name: string) => string): Files =>
  Object.fromEntries(Object.entries(files).map(([name, data]) => [by(name), data]));
const rewritten = (files: Files, by: (text: string, name: string) => string | Uint8Array): Files =>
  Object.fromEntries(
    Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? by(data, name) : data]),
  );
const prefixed = (text: string): string => text.replace(/<(\/?)(?=[a-z])/gi, '<$1x:').replaceAll('<x:a:', '<a:');

describe('a workbook whose parts', () => {
  it.each<readonly [string, Files]>([
    ['lie where they usually do', BOOK],
    [
      'lie elsewhere',
      {
        ...renamed(BOOK, (name) =>
          name.replace(/^xl\//, 'book/').replace('workbook.xml', 'main.xml').replace('sheet1', '题 库'),
        ),
        '_rels/.rels': relations(['w', `${TYPE}/officeDocument`, '/book/main.xml']),
        'book/_rels/main.xml.rels': relations(['s', `${TYPE}/worksheet`, 'worksheets/%E9%A2%98%20%E5%BA%93.xml']),
      },
    ],
    ['have other names in the list of the zip: back-slashes', renamed(BOOK, (name) => name.replaceAll('/', '\\'))],
    ['have other names in the list of the zip: case', renamed(BOOK, (name) => name.toUpperCase())],
    [
      'are called as Windows does',
      rewritten(BOOK, (text) => text.replace(/Target="[^"]*"/g, (to) => to.replaceAll('/', '\\'))),
    ],
    [
      'are called from the root',
      rewritten(BOOK, (text) => text.replaceAll('="../', '="/xl/').replace('="worksheets', '="/xl/worksheets')),
    ],
    ['are strict', rewritten(BOOK, (text) => text.replaceAll(TYPE, STRICT))],
    [
      'have prefixes',
      rewritten(BOOK, (text) =>
        prefixed(text).replaceAll('<x:', '<x:').replace('<x:workbook', '<x:workbook xmlns:x="y"'),
      ),
    ],
    [
      'begin with a mark, a comment and an instruction',
      rewritten(BOOK, (text) => `\uFEFF<?xml version="1.0" encoding="UTF-8"?><!-- <sheets/> --><?mso x?>\r\n${text}`),
    ],
    [
      'are UTF-16',
      rewritten(BOOK, (text) => Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${text}`, 'utf16le')),
    ],
    [
      'are not called by the package',
      Object.fromEntries(Object.entries(BOOK).filter(([name]) => name !== '_rels/.rels')),
    ],
    [
      'lie beside what a system left behind',
      { ...BOOK, '__MACOSX/xl/._workbook.xml': '\0', '.DS_Store': '\0', 'xl/': '' },
    ],
  ])('%s is read, with its pictures', async (_, files) => {
    const { items, report } = await importBank(zip(files), 'a.xlsx');
    expect(report).toMatchObject({ rows: 1, rejected: [] });
    expect(items[0]?.pictures).toEqual([{ hash: sha256(RED) }]);
  });

  it('are sheets without cells, tells of them', async () => {
    const sheets = ['c', 's', 'd', 'm'].map((id) => `<sheet name="${id}" sheetId="1" r:id="${id}"/>`).join('');
    const files = {
      ...BOOK,
      'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': relations(
        ['s', `${TYPE}/worksheet`, 'worksheets/sheet1.xml'],
        ['c', `${TYPE}/chartsheet`, 'chartsheets/sheet1.xml'],
        ['d', `${TYPE}/dialogsheet`, 'dialogsheets/sheet1.xml'],
        ['m', 'http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet', 'macrosheets/sheet1.xml'],
      ),
      'xl/chartsheets/sheet1.xml': '<chartsheet/>',
      'xl/dialogsheets/sheet1.xml': '<dialogsheet/>',
      'xl/macrosheets/sheet1.xml': '<macrosheet/>',
    };
    const { report } = await importBank(zip(files), 'a.xlsx');
    expect(report.rows).toBe(1);
    expect(report.skippedSheets).toEqual(['c', 'd', 'm'].map((sheet) => ({ sheet, reason: 'no-cells' })));
    // Whoever looks for a table finds it behind them.
    expect(await readTable(zip(files), 9)).toHaveLength(2);
    expect(readXlsx(zip(files)).map(({ sheet }) => sheet)).toEqual(['s']);
  });

  it('are not all there is refused', async () => {
    for (const missing of ['xl/worksheets/sheet1.xml', 'xl/_rels/workbook.xml.rels', 'xl/workbook.xml']) {
      const files = Object.fromEntries(Object.entries(BOOK).filter(([name]) => name !== missing));
      await expect(importBank(zip(files), 'a.xlsx')).rejects.toThrow('not-a-workbook');
    }
  });
});

const item = (image: string): string =>
  `<assessmentItem xmlns="q"><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>标志${image}表示</p><choiceInteraction responseIdentifier="R"><simpleChoice identifier="A">甲</simpleChoice><simpleChoice identifier="B">乙</simpleChoice></choiceInteraction></itemBody></assessmentItem>`;

describe('a package of QTI', () => {
  const GBK = Buffer.from([0xcd, 0xbc, 0xc6, 0xac, 0x2f, 0x31, 0x2e, 0x70, 0x6e, 0x67]);

  it.each<readonly [string, string | Uint8Array, string]>([
    ['in GBK', GBK, '图片/1.png'],
    ['in GBK, escaped where it is called', GBK, '%E5%9B%BE%E7%89%87/1.png'],
    ['with back-slashes', '图片\\1.png', '图片/1.png'],
    ['in another case', 'Images/1.PNG', 'images/1.png'],
  ])('finds a picture whose name is %s', async (_, name, src) => {
    const entries = [
      { name: 'item.xml', data: item(`<img src="${src}"/>`) },
      { name, data: RED },
    ];
    const { items, report } = await importBank(writeOddZip(entries), 'a.zip');
    expect(report.rejected).toEqual([]);
    expect(items[0]?.pictures).toEqual([{ hash: sha256(RED) }]);
  });

  it('is read beside what a system left behind', async () => {
    const files = { 'a.xml': item(''), '__MACOSX/._a.xml': Buffer.from([0, 5, 22, 7]), '.DS_Store': '\0' };
    expect((await importBank(zip(files), 'a.zip')).report).toMatchObject({ rows: 1, accepted: 1 });
  });
});

describe('an item of QTI by itself', () => {
  const plain = item('');
  const named = plain.replaceAll(/(<\/?)(?=\w)/g, '$1imsqti:').replace('xmlns=', 'xmlns:imsqti=');
  const head = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;

  it.each<readonly [string, string | Buffer]>([
    ['with prefixes', named],
    ['behind a mark', `\uFEFF${head('UTF-8')}${plain}`],
    ['behind a long comment', `${head('UTF-8')}<!-- ${'长'.repeat(5_000)} -->${plain}`],
    ['behind a document type', `<!DOCTYPE assessmentItem [<!ELEMENT quiz ANY>]>${plain}`],
    ['in UTF-16', Buffer.from(`\uFEFF${head('UTF-16')}${plain}`, 'utf16le')],
    ['in UTF-16 from the other end', Buffer.from(`\uFEFF${head('UTF-16')}${plain}`, 'utf16le').swap16()],
    ['in UTF-16 without a mark', Buffer.from(`${head('UTF-16')}${plain}`, 'utf16le')],
    ['that is said to be UTF-16 and is not', `${head('utf-16')}${plain}`],
  ])('is read: %s', async (_, xml) => {
    const { items } = await importBank(Buffer.from(xml as Buffer), 'a.xml');
    expect(items.map(({ stem }) => stem.zh)).toEqual(['标志表示']);
  });

  it('is read in the encoding it declares', async () => {
    // 標誌 in Big5 is something else in GBK.
    const [before, behind] = [item('').split('标志')[0] ?? '', item('').split('标志')[1] ?? ''];
    const ascii = `${before}#${behind}`.replace('表示', '').replace('甲', 'x').replace('乙', 'y');
    const [start = '', end = ''] = `${head('Big5')}${ascii}`.split('#');
    const bytes = Buffer.concat([Buffer.from(start), Buffer.from([0xbc, 0xd0, 0xbb, 0x78]), Buffer.from(end)]);
    expect((await importBank(bytes, 'a.xml')).items[0]?.stem.zh).toBe('標誌');
  });

  it('in a quiz of Moodle is what a question speaks of', async () => {
    const quiz = `<!-- <assessmentItem/> --><quiz><question type="truefalse"><questiontext><text><![CDATA[<assessmentItem > 是 QTI]]></text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>`;
    expect((await importBank(Buffer.from(quiz), 'a.xml')).report.rows).toBe(1);
  });
});
