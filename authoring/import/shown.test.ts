import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type ImportOptions, importBank } from './import-bank.ts';
import { lowered } from './lowered.ts';
import { raised } from './raised.ts';

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const text = (at: string, words: string, more = '') =>
  `<c r="${at}" t="inlineStr"${more}><is><t xml:space="preserve">${words}</t></is></c>`;
const HEADINGS = ['题型', '题干', '选项A', '选项B', '选项C', '答案', '章节', '备注'];
const LETTERS = [...'ABCDEFGH'];
const ROW = ['单选题', '哪个？', '甲', '乙', '丙', 'A', '一', ''];

type Cells = Readonly<Record<string, string>>;
/** A row of a question, with cells of its own in the place of usual ones. */
const row = (number: number, own: Cells = {}, attributes = '') =>
  `<row r="${number}"${attributes}>${LETTERS.map((letter, at) => {
    const usual = at === 1 ? `${ROW[at]}${number}` : (ROW[at] ?? '');
    return own[letter] ?? text(`${letter}${number}`, usual);
  }).join('')}</row>`;
const HEAD = `<row r="1">${HEADINGS.map((words, at) => text(`${LETTERS[at]}1`, words)).join('')}</row>`;

type Book = {
  readonly rows: readonly string[];
  readonly before?: string;
  readonly behind?: string;
  readonly styles?: string;
  readonly strings?: string;
  readonly workbook?: string;
  readonly state?: string;
};
function load(
  { rows, before = '', behind = '', styles, strings, workbook = '', state }: Book,
  options?: ImportOptions,
) {
  const sheets = `<sheet name="题库" sheetId="1" r:id="rId1"/>${state ? `<sheet name="旧题" sheetId="2" state="${state}" r:id="rId2"/>` : ''}`;
  const link = (at: number) =>
    `<Relationship Id="rId${at}" Type="${RELATION}/worksheet" Target="worksheets/sheet${at}.xml"/>`;
  const parts = {
    'xl/workbook.xml': `<workbook xmlns:r="${RELATION}"><sheets>${sheets}</sheets>${workbook}</workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${link(1)}${state ? link(2) : ''}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet>${before}<sheetData>${HEAD}${rows.join('')}</sheetData>${behind}</worksheet>`,
    ...(state ? { 'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${HEAD}${row(9)}</sheetData></worksheet>` } : {}),
    ...(styles ? { 'xl/styles.xml': `<styleSheet>${styles}</styleSheet>` } : {}),
    ...(strings ? { 'xl/sharedStrings.xml': `<sst>${strings}</sst>` } : {}),
  };
  const bytes = zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
  return importBank(bytes, 'a.xlsx', options);
}

/** What the items say, and what was refused. */
async function read(book: Book, options?: ImportOptions) {
  const { items, report } = await load(book, options);
  return {
    options: items.map((item) => item.options.map((option) => option.text?.zh)),
    topics: items.map(({ topic }) => topic),
    stems: items.map(({ stem }) => stem.zh),
    rejected: report.rejected.map(({ row: at, reason, cell, construct }) => [at, reason, cell, construct]),
    hidden: report.hidden,
    numbers: items.map(({ number, unit }) => [number?.value, unit]),
  };
}

const STYLES = `<numFmts><numFmt numFmtId="170" formatCode="0&quot;V&quot;"/><numFmt numFmtId="171" formatCode="0000"/><numFmt numFmtId="172" formatCode=";;;"/></numFmts>
  <fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
  <cellXfs><xf/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="14"/><xf fontId="1"/><xf fontId="2"/></cellXfs>`;
const number = (at: string, value: number, style: number) => `<c r="${at}" s="${style}"><v>${value}</v></c>`;

describe('a cell of a question', () => {
  it('says what it shows: a share, a unit, noughts before', async () => {
    const own = { C: number('C2', 0.195, 1), D: number('D2', 36, 2), E: number('E2', 7, 3) };
    expect((await read({ rows: [row(2, own)], styles: STYLES })).options).toEqual([['20%', '36V', '0007']]);
  });

  it('gives a number that is asked for with its unit', async () => {
    const blank = { C: '', D: '', E: '' };
    const kind = (at: number) => text(`A${at}`, '数字题');
    const rows = [
      row(2, { A: kind(2), ...blank, F: number('F2', 0.95, 1) }),
      row(3, { A: kind(3), ...blank, F: number('F3', 36, 2) }),
    ];
    expect((await read({ rows, styles: STYLES })).numbers).toEqual([
      [95, '%'],
      [36, 'V'],
    ]);
  });

  it.each<[string, string, unknown[]]>([
    ['shows nothing of a number', number('D2', 3, 4), ['cell-rewritten', 'D2', undefined]],
    ['shows nothing of a text', text('D2', '乙', ' s="4"'), ['cell-rewritten', 'D2', undefined]],
    ['is a date', number('D2', 43_000, 5), ['cell-rewritten', 'D2', undefined]],
    ['is struck through', text('D2', '乙', ' s="6"'), ['construct-unread', 'D2', '删除线']],
    ['is a number struck through', number('D2', 3, 6), ['construct-unread', 'D2', '删除线']],
    [
      'is struck through in part',
      '<c r="D2" t="inlineStr"><is><r><t>乙</t></r><r><rPr><strike/></rPr><t>丁</t></r></is></c>',
      ['construct-unread', 'D2', '删除线'],
    ],
    [
      'has something low that no character is',
      '<c r="D2" t="inlineStr"><is><r><t>U</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>相</t></r></is></c>',
      ['construct-unread', 'D2', '下标'],
    ],
    ['is an error', '<c r="D2" t="e"><v>#REF!</v></c>', ['cell-error', 'D2', undefined]],
    ['is an error of a formula', '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ['cell-error', 'D2', undefined]],
    ['is a formula without a value', '<c r="D2"><f>"丙"</f></c>', ['cell-error', 'D2', undefined]],
    ['is a formula with an empty value', '<c r="D2"><f>"丙"</f><v></v></c>', ['cell-error', 'D2', undefined]],
    ['is a text formula without a value', '<c r="D2" t="str"><f>"丙"</f></c>', ['cell-error', 'D2', undefined]],
    [
      'is an error as the text of a formula',
      '<c r="D2" t="str"><f>甲!A1</f><v>#REF!</v></c>',
      ['cell-error', 'D2', undefined],
    ],
    ['is a text that the workbook has lost', '<c r="D2" t="s"><v>99</v></c>', ['cell-error', 'D2', undefined]],
    ['is no number', '<c r="D2"><v>二</v></c>', ['cell-error', 'D2', undefined]],
  ])('that %s refuses its row, by its name', async (_, cell, [reason, at, construct]) => {
    const { rejected, stems } = await read({ rows: [row(2, { D: cell }), row(3)], styles: STYLES });
    expect([rejected, stems]).toEqual([[[2, reason, at, construct]], ['哪个？3']]);
  });

  it.each<[string, string]>([
    ['an error', '<c r="H2" t="e"><v>#N/A</v></c>'],
    ['no value', '<c r="H2"><f>A1</f></c>'],
    ['something struck through', text('H2', '旧', ' s="6"')],
  ])('that nobody reads may have %s', async (_, cell) => {
    expect((await read({ rows: [row(2, { H: cell })], styles: STYLES })).rejected).toEqual([]);
  });

  it('whose row is struck through as a whole is not passed over', async () => {
    const all = Object.fromEntries(LETTERS.map((letter, at) => [letter, text(`${letter}2`, ROW[at] ?? '', ' s="6"')]));
    expect((await read({ rows: [row(2, all)], styles: STYLES })).rejected).toEqual([
      [2, 'construct-unread', 'A2', '删除线'],
    ]);
  });

  it.each<[string, string]>([
    ['<c r="D2" t="s"/>', ''],
    ['<c r="d2" t="inlineStr"><is><t>乙</t></is></c>', '乙'],
    ['<c r="D2" t="s"><v></v></c>', ''],
    ['<c r="D2" t="inlineStr"><v>乙</v></c>', '乙'],
    ['<c r="D2"><is><t>乙</t></is></c>', '乙'],
    ['<c r="D2" t="s"><v>0</v></c>', '#REF!'],
  ])('as programs write it: %s', async (cell, says) => {
    const { options } = await read({ rows: [row(2, { D: cell })], strings: '<si><t>#REF!</t></si>' });
    expect(options).toEqual([['甲', says, '丙'].filter((one) => one !== '')]);
  });

  it('that a formula of several cells fills is no blank where nobody calculated it', async () => {
    const own = { D: '<c r="D2"><f t="array" ref="D2:E3">A9:B10</f></c>', E: '' };
    const solved = { D: '<c r="D5" t="str"><f t="array" ref="D5:E5">A9:B9</f><v>一</v></c>' };
    const { rejected, options } = await read({
      rows: [row(2, own), row(3, { D: '', E: '<c r="E3"/>' }), row(4, { E: '' }), row(5, solved)],
    });
    expect(rejected).toEqual([
      [2, 'cell-error', 'D2', undefined],
      [3, 'cell-error', 'D3', undefined],
    ]);
    expect(options).toEqual([
      ['甲', '乙'],
      ['甲', '一', '丙'],
    ]);
  });

  it('is not struck through where its words say that they are not', async () => {
    const runs = '<is><r><rPr><b/></rPr><t>乙</t></r></is>';
    const cells = { D: `<c r="D2" t="inlineStr" s="6">${runs}</c>`, E: text('E2', '丁', ' s="7"') };
    expect((await read({ rows: [row(2, cells)], styles: STYLES })).options).toEqual([['甲', '乙', '丁']]);
  });

  it('is what nobody calculated where whoever opens the workbook has to', async () => {
    const workbook = '<calcPr fullCalcOnLoad="1"/>';
    const cell = '<c r="D2"><f>1+1</f><v>0</v></c>';
    expect((await read({ rows: [row(2, { D: cell })], workbook })).rejected).toEqual([
      [2, 'cell-error', 'D2', undefined],
    ]);
    expect((await read({ rows: [row(2, { D: cell })] })).options).toEqual([['甲', '0', '丙']]);
  });

  it('keeps what stands lower and higher', async () => {
    const run = (words: string, stands: string) => `<r><rPr><vertAlign val="${stands}"/></rPr><t>${words}</t></r>`;
    const strings = `<si><r><t>CO</t></r>${run('2', 'subscript')}<r><t>为10</t></r>${run('-3', 'superscript')}</si>`;
    const { options } = await read({ rows: [row(2, { D: '<c r="D2" t="s"><v>0</v></c>' })], strings });
    expect(options).toEqual([['甲', 'CO₂为10⁻³', '丙']]);
  });

  it('has the characters that XML has no place for', async () => {
    const strings = '<si><t>一_x000D_\n二_x4E09_</t></si><si><t>_x005F_x000D_</t></si>';
    const cells = {
      B: '<c r="B2" t="s"><v>0</v></c>',
      C: '<c r="C2" t="s"><v>1</v></c>',
      D: text('D2', '_x0041_b_x00g1_'),
      E: '<c r="E2" t="str"><v>c_x0042_</v></c>',
    };
    const { stems, options } = await read({ rows: [row(2, cells)], strings });
    expect([stems, options]).toEqual([['一二三'], [['_x000D_', 'Ab_x00g1_', 'cB']]]);
  });
});

/** Looks under a condition: a unit, days, crossed out, a colour, the same as without, words before a text. */
const DXFS = `<dxfs>${[
  '<numFmt numFmtId="170" formatCode="0&quot;kV&quot;"/>',
  '<font/><numFmt numFmtId="14" formatCode="yyyy/m/d"/>',
  '<font><strike/></font>',
  '<font><strike val="0"/></font><fill/>',
  '<numFmt numFmtId="9" formatCode="[Red]0%"/>',
  '<numFmt numFmtId="171" formatCode="&#34;约&#34;@"/>',
]
  .map((look) => `<dxf>${look}</dxf>`)
  .join('')}</dxfs>`;
const where = (refs: string, rule: string) => `<conditionalFormatting sqref="${refs}">${rule}</conditionalFormatting>`;
const rule = (dxf: number) =>
  `<cfRule type="expression" priority="1" stopIfTrue='1' text="a>b" dxfId="${dxf}"><formula>A1&lt;2</formula></cfRule>`;

describe('a cell with a conditional format', () => {
  const three = number('D2', 3, 0);
  it.each<[string, string, string, unknown[]]>([
    ['a number in another format', three, where('D2:D9', rule(0)), ['cell-rewritten', 'D2', undefined]],
    ['a number as a date', three, where('A1 D2', rule(1)), ['cell-rewritten', 'D2', undefined]],
    [
      'a share in another format',
      number('D2', 0.3, 1),
      where('$B$2:$E$3', rule(0)),
      ['cell-rewritten', 'D2', undefined],
    ],
    ['words crossed out', text('D2', '乙'), where('D2', rule(2)), ['construct-unread', 'D2', '删除线']],
    ['words with others before them', text('D2', '乙'), where('D2', rule(5)), ['cell-rewritten', 'D2', undefined]],
    [
      'a bar for a number',
      three,
      where('D2', '<cfRule type="dataBar"><dataBar showValue="0"/></cfRule>'),
      ['cell-rewritten', 'D2', undefined],
    ],
    [
      'a look of newer workbooks',
      three,
      `<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="cellIs"><xm:f>1</xm:f><x14:dxf><numFmt numFmtId="9" formatCode="0.00"/></x14:dxf></x14:cfRule><xm:sqref>D2:D4 F9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>`,
      ['cell-rewritten', 'D2', undefined],
    ],
    [
      'another format and merged cells elsewhere',
      three,
      `<mergeCells><mergeCell ref="G8:H8"/></mergeCells>${where('D2', rule(3))}${where('D1:D3', rule(0))}`,
      ['cell-rewritten', 'D2', undefined],
    ],
  ])('that may show %s refuses its row, by its name', async (_, cell, behind, [reason, at, construct]) => {
    const { rejected, stems } = await read({ rows: [row(2, { D: cell }), row(3)], behind, styles: STYLES + DXFS });
    expect([rejected, stems]).toEqual([[[2, reason, at, construct]], ['哪个？3']]);
  });

  it.each<[string, string, string]>([
    ['lies elsewhere', three, where('C1:C9 D3 E2', rule(0))],
    ['has no other look', three, where('D2', rule(3))],
    ['has a colour', text('D2', '乙'), where('D2', rule(99))],
    ['shows the same number', number('D2', 0.3, 1), where('D2', rule(4))],
    ['is about numbers, and has words', text('D2', '乙'), where('D2', rule(0))],
    ['has bars beside numbers', three, where('D2', '<cfRule type="dataBar"><dataBar/></cfRule>')],
    ['has nothing in it', '<c r="G2"/>', where('G2', rule(2))],
  ])('that %s is read', async (_, cell, behind) => {
    const at = /r="([A-Z])/.exec(cell)?.[1] ?? '';
    expect((await read({ rows: [row(2, { [at]: cell })], behind, styles: STYLES + DXFS })).rejected).toEqual([]);
  });

  it('that nobody reads refuses nothing', async () => {
    const cell = number('H2', 3, 0);
    const book = { rows: [row(2, { H: cell })], behind: where('H1:H99', rule(0)), styles: STYLES + DXFS };
    expect((await read(book)).rejected).toEqual([]);
  });
});

describe('marks beside the line', () => {
  it.each([
    ['2', '₂'],
    ['2**', '₂**'],
    ['max', undefined],
    ['1+2', '₁₊₂'],
    ['，', '，'],
    ['N', undefined],
    ['相', undefined],
  ])('%s lower is %s', (words, low) => expect(lowered(words)).toBe(low));
  it.each([
    ['2', '²'],
    ['-3', '⁻³'],
    ['2**', '²**'],
    ['n', '^(n)'],
  ])('%s higher is %s', (words, high) => expect(raised(words)).toBe(high));
});

describe('merged cells', () => {
  const merged = (...names: readonly string[]) =>
    `<mergeCells count="1">${names.map((name) => `<mergeCell ref="${name}"/>`).join('')}</mergeCells>`;
  const none = (letter: string) => ({ [letter]: '' });

  it('of a chapter or a kind say it of each of their rows', async () => {
    const rows = [row(2), row(3, { ...none('G'), A: '<c r="A3" s="1"/>' }), row(4, none('G')), row(5, none('G'))];
    const { topics, rejected } = await read({ rows, behind: merged('G2:G4', 'A2:A3') });
    expect([topics, rejected]).toEqual([['一', '一', '一', ''], []]);
  });

  it.each<[string, string, Cells, unknown[]]>([
    ['a question over two rows', 'B2:B3', none('B'), [2, 'construct-unread', 'B2:B3', '合并单元格']],
    ['options over two rows', 'C2:C3', none('C'), [2, 'construct-unread', 'C2:C3', '合并单元格']],
    ['a key over two rows', 'F2:F3', none('F'), [2, 'construct-unread', 'F2:F3', '合并单元格']],
  ])('%s refuse both', async (_, name, own, first) => {
    const { stems, rejected } = await read({ rows: [row(2), row(3, own), row(4)], behind: merged(name) });
    expect(stems).toEqual(['哪个？4']);
    expect(rejected).toEqual([first, [3, ...first.slice(1)]]);
  });

  it('that are the whole question over the same rows are one row', async () => {
    const blank = Object.fromEntries(LETTERS.map((letter) => [letter, '']));
    const names = ['A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'E2:E3', 'F2:F3'];
    const { stems, rejected } = await read({ rows: [row(2), row(3, blank), row(4)], behind: merged(...names) });
    expect([stems, rejected]).toEqual([['哪个？2', '哪个？4'], []]);
  });

  it('of a question and an option beside it are refused, and shift no letter', async () => {
    const { rejected } = await read({ rows: [row(2, none('C'))], behind: merged('B2:C2') });
    expect(rejected).toEqual([[2, 'construct-unread', 'B2:C2', '合并单元格']]);
  });

  it.each(['g2:g3', 'G3:G2', '$G$2:$G$3'])('may be called %s', async (name) => {
    expect((await read({ rows: [row(2), row(3, none('G'))], behind: merged(name) })).topics).toEqual(['一', '一']);
  });

  it('say nothing of what they cover', async () => {
    const rows = [row(2), row(3, { G: text('G3', '旧章') }), row(4, { C: '<c r="C4"/>', D: text('D4', '旧') })];
    const { topics, options } = await read({ rows, behind: merged('G2:G3', 'C4:D4') });
    expect(topics).toEqual(['一', '一']);
    expect(options).toHaveLength(2);
  });

  it('with nothing in them matter to nobody', async () => {
    const judged = { A: text('A2', '判断题'), C: '', D: '', E: '', F: text('F2', '对') };
    expect((await read({ rows: [row(2, judged)], behind: merged('C2:E2') })).rejected).toEqual([]);
  });
});

describe('what is hidden', () => {
  const HIDDEN = ' hidden="1"';
  it.each([HIDDEN, ' hidden="true"', ' ht="0" customHeight="1"'])(
    'of rows is left out and told of: %s',
    async (how) => {
      const rows = [row(2), row(3, {}, how), `<row r="4"${how}/>`, row(5)];
      const left = await read({ rows });
      expect([left.stems, left.hidden]).toEqual([
        ['哪个？2', '哪个？5'],
        [{ sheet: '题库', what: 'rows', count: 1, read: false }],
      ]);
      const asked = await read({ rows }, { hidden: true });
      expect([asked.stems, asked.hidden]).toEqual([
        ['哪个？2', '哪个？3', '哪个？5'],
        [{ sheet: '题库', what: 'rows', count: 1, read: true }],
      ]);
    },
  );

  it.each(['hidden', 'veryHidden'])('of sheets is left out and told of: %s', async (state) => {
    const left = await read({ rows: [row(2)], state });
    expect([left.stems, left.hidden]).toEqual([['哪个？2'], [{ sheet: '旧题', what: 'sheet', count: 2, read: false }]]);
    expect((await read({ rows: [row(2)], state }, { hidden: true })).stems).toEqual(['哪个？2', '哪个？9']);
  });

  it('of columns belongs to its rows, and is told of where it says something of them', async () => {
    const before =
      '<cols><col min="6" max="6" hidden="1"/><col min="7" max="7" width="0"/><col min="8" max="16384" hidden="1"/></cols>';
    const { topics, hidden } = await read({ rows: [row(2)], before });
    expect([topics, hidden]).toEqual([['一'], [{ sheet: '题库', what: 'columns', count: 2, read: true }]]);
  });

  it('begins what is merged into rows that are seen', async () => {
    const behind = '<mergeCells><mergeCell ref="G2:G3"/></mergeCells>';
    const { topics } = await read({ rows: [row(2, {}, HIDDEN), row(3, { G: '' })], behind });
    expect(topics).toEqual(['一']);
  });

  it('of noughts is not told', async () => {
    const before = '<sheetViews><sheetView showZeros="0"/></sheetViews>';
    const { rejected } = await read({ rows: [row(2, { D: '<c r="D2"><v>0</v></c>' })], before });
    expect(rejected).toEqual([[2, 'cell-rewritten', 'D2', undefined]]);
  });
});
