import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../contract/words/items.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { sharedData } from '../../tests/kit/shared-data.ts';
import { importBank } from './import-bank.ts';
import { readItem } from './row-item.ts';
import { readSheet } from './sheets.ts';
import { type SheetsToWrite, writeWorkbook, writeZip } from './workbook.fixture.ts';

const HEADINGS = ['章节', '题型', '题目', '选项', '答案'] as const;
const ROW = ['一', '单选题', '1、安全色中红色表示（ ）。', '**A.禁止**B.警告**C.通行', 'A'] as const;

const load = (sheets: SheetsToWrite) => importBank(writeWorkbook(sheets), 'bank.xlsx');
const loadRows = (...rows: readonly (readonly (string | number | null)[])[]) => load([{ sheet: 'Sheet1', rows }]);
const right = (item: Item | undefined) =>
  item?.options.filter(({ id }) => item.key.includes(id)).map(({ text }) => text?.zh);
const refusal = (bytes: Uint8Array) => refusalOf(importBank(bytes, 'x.xlsx'));

describe('what is no bank', () => {
  const whole = writeWorkbook([{ sheet: 'Sheet1', rows: [HEADINGS, ROW] }]);
  it.each([
    ['an empty file', new Uint8Array()],
    ['garbage', Buffer.from('no workbook at all '.repeat(99))],
    ['the head of a zip', Buffer.from(`PK\x03\x04${'x'.repeat(999)}`)],
    ['a zip of something else', writeZip({ 'a.txt': 'hello' })],
    ['a zip with a broken workbook', writeZip({ 'xl/workbook.xml': '<x', 'xl/_rels/workbook.xml.rels': '<y' })],
    ['an old .xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array(999).fill(0)])],
    ['half a workbook', whole.subarray(0, whole.length / 2)],
  ])('%s', async (_, bytes) => expect(await refusal(bytes)).toBe('not-a-workbook'));

  it.each([
    ['no rows', []],
    ['headings only', [HEADINGS]],
    [
      'a list of something else',
      [
        ['账号', '完成时间'],
        ['18957125208', '失效'],
      ],
    ],
  ])('a workbook with %s', async (_, rows) =>
    expect(await refusal(writeWorkbook([{ sheet: 'Sheet1', rows }]))).toBe('no-items'),
  );
});

describe('the order of options', () => {
  const CHOICE = ['一', '单选题', '谁负责？', '**A.班长**B.厂长**C.电工', 'A'] as const;
  const fixedWith = async (head: string, said: string) =>
    (await loadRows([...HEADINGS, head], [...CHOICE, said])).items[0]?.fixedOrder ?? false;

  it.each(['是', '1', '√', 'Y', '固定', '不打乱', '?'])('stays where a column 固定顺序 says %s', async (said) =>
    expect(await fixedWith('固定顺序', said)).toBe(true),
  );
  it.each(['', ' ', '否', '0', '×', 'N', '随机', '不固定'])('need not where it says %j', async (said) =>
    expect(await fixedWith('固定顺序', said)).toBe(false),
  );
  it.each([
    ['否', true],
    ['不', true],
    ['N', true],
    ['是', false],
    ['1', false],
    ['', false],
  ])('where a column 选项乱序 says %j it stays: %s', async (said, stays) =>
    expect(await fixedWith('选项乱序', said)).toBe(stays),
  );

  it('that is locked in one of two rows of the same question is that row’s, and locked', async () => {
    const rows = [
      [...HEADINGS, '解析', '固定顺序'],
      [...CHOICE, '见规程', ''],
      ['二', '单选题', '谁负责 ？', '**A.厂长**B.电工**C.班长', 'C', '', '是'],
      [...CHOICE, '', ''],
    ];
    const { items, report } = await loadRows(...rows);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ topic: '一', fixedOrder: true, explanation: { zh: '见规程' } });
    expect(items[0]?.options.map(({ text }) => text?.zh)).toEqual(['厂长', '电工', '班长']);
    expect(right(items[0])).toEqual(['班长']);
    expect(report.duplicates.map(({ row, of }) => [row, of.row])).toEqual([
      [3, 2],
      [4, 2],
    ]);
  });
});

describe('rows', () => {
  it('become items with topic, kind, stem, options and key', async () => {
    const { items, report } = await loadRows(['2019年题库'], [], HEADINGS, ROW);
    expect(items[0]).toMatchObject({ kind: 'single', topic: '一', stem: { zh: '安全色中红色表示（ ）。' } });
    expect(right(items[0])).toEqual(['禁止']);
    const nothing = {
      unknownTerms: [],
      strayPictures: [],
      repairs: [],
      duplicates: [],
      rejected: [],
      skippedSheets: [],
      leftOut: [],
      hidden: [],
      unreadFiles: [],
      withFormulas: 0,
      withTables: 0,
    };
    expect(report).toEqual({ file: 'bank.xlsx', rows: 1, accepted: 1, repaired: 0, ...nothing });
    expect(items[0]?.source).toEqual({ file: 'bank.xlsx', sheet: 'Sheet1', row: 4 });
  });

  it('are none where there are notes, blanks and repeated headings', async () => {
    const { report } = await loadRows(HEADINGS, ROW, [null, null, '以下为第二章'], [' '], HEADINGS, [], [null, '备注']);
    expect(report.rows).toBe(1);
  });

  it('are reported with their place in Excel and the reason', async () => {
    const { report } = await loadRows(
      HEADINGS,
      [],
      ROW,
      ['一', '单选题', '2、甲', '**A.一**B.二', 'AB'],
      ['一', '论述题', '3、乙', null, '丙'],
      ['一', '判断题', '4、丁', '**A.正确**B.错误', null],
      ['二', '单选题', '安全色中红色表示（ ）。', '**A、禁止**B、警告**C、通行', 'A'],
    );
    expect(report.rejected).toEqual([
      { sheet: 'Sheet1', row: 4, reason: 'key-count', cell: 'E4' },
      { sheet: 'Sheet1', row: 5, reason: 'kind-unknown', cell: 'B5' },
      { sheet: 'Sheet1', row: 6, reason: 'key-missing', cell: 'E6' },
    ]);
    // The same question typed another way counts once and is rejected by nobody.
    const [first, again] = [3, 7].map((row) => ({ sheet: 'Sheet1', row }));
    expect(report.duplicates).toEqual([{ ...again, of: first }]);
    expect(report.accepted + report.repaired + report.rejected.length).toBe(report.rows);
  });

  it('that contradict each other are both refused', async () => {
    const row = ['一', '判断题', '在金属容器内不必采用安全电压。', '**A.正确**B.错误'];
    const { items, report } = await loadRows(HEADINGS, ROW, [...row, 'A'], [...row, 'B']);
    expect(items).toHaveLength(1);
    expect(report.rejected.map(({ reason }) => reason)).toEqual(['key-contradicted', 'key-contradicted']);
  });

  it('that contradict each other in how many are right are both refused', async () => {
    const row = ['一', '选择题', '甲？', 'A.一**B.二**C.三'];
    const { report } = await loadRows(HEADINGS, [...row, 'A'], [...row, 'AB']);
    expect(report.rejected.map(({ reason }) => reason)).toEqual(['key-contradicted', 'key-contradicted']);
  });

  it('that lost their options are refused, also where the key is a number', async () => {
    const { report } = await loadRows(HEADINGS, ['一', '选择题', '安全电压是？', null, '3']);
    expect(report.rejected).toMatchObject([{ reason: 'options-missing' }]);
  });

  it('whose stem ends in the answer lose it, and say so', async () => {
    const { items, report } = await loadRows(
      HEADINGS,
      ['一', '判断题', '会在周围空间散发。 (F)', null, '错'],
      ['一', '判断题', '红色表示禁止（√）', null, '对'],
      ['一', '单选题', '安全色是（B）。', 'A.黑**B.红', 'B'],
      ['一', '单选题', '人体缺少维生素（B）。', 'A.会病**B.不会病', 'A'],
    );
    expect(items.map(({ stem }) => stem.zh)).toEqual([
      '会在周围空间散发。（ ）',
      '红色表示禁止（ ）',
      '安全色是（ ）。',
      '人体缺少维生素（B）。',
    ]);
    expect(report.repairs.filter(({ repairs }) => repairs.some(({ part }) => part === 'stem'))).toHaveLength(3);
  });

  it('that ask for an order are read by the letters of their key where their kind says so, and else refused', async () => {
    const row = (kind: string, key: string) =>
      ['一', kind, '正确的步骤是（ ）。', 'A.调查**B.询问**C.记录', key] as const;
    const { items, report } = await loadRows(HEADINGS, row('排序题', 'BAC'));
    expect(items).toMatchObject([{ kind: 'order' }]);
    const [item] = items;
    const said = item?.key.map((id) => item.options.find((option) => option.id === id)?.text?.zh);
    expect(said).toEqual(['询问', '调查', '记录']);
    expect(report.repaired).toBe(0);
    for (const kind of ['多选题', '选择题']) {
      const { report: refused } = await loadRows(HEADINGS, row(kind, 'BAC'));
      expect(refused.rejected).toMatchObject([{ reason: 'key-ordered', cell: 'E2' }]);
    }
  });

  it('that ask for an order are refused where figures may count options, or be the place of each', async () => {
    const options = 'A.调查**B.询问**C.记录';
    for (const key of ['231', '②③①', '2-3-1', 'BA', 'BAAC']) {
      const { report } = await loadRows(HEADINGS, ['一', '排序题', '正确的步骤是（ ）。', options, key]);
      expect(report.rejected).toMatchObject([{ reason: key === 'BA' ? 'key-count' : 'key-unreadable' }]);
    }
  });

  it('that ask for a number are read where there is nothing to choose, and are choices where there is', async () => {
    const { items, report } = await loadRows(
      HEADINGS,
      ['一', '数字类选择题', '安全电压上限为多少伏？', null, '36V'],
      ['一', '数字类选择题', '几个？', 'A.1**B.2**C.3', 'B'],
      ['一', '数字类选择题', '几个人？', 'A.1**B.2**C.3', 3],
      ['一', '数字题', '误差？', null, '0.5±0.1'],
      ['一', '数字题', '多少？', null, '3到5'],
    );
    expect(items.map(({ kind, number, unit }) => [kind, number, unit])).toEqual([
      ['numeric', { value: 36, tolerance: 0 }, 'V'],
      ['single', undefined, undefined],
      ['single', undefined, undefined],
      ['numeric', { value: 0.5, tolerance: 0.1 }, undefined],
    ]);
    expect(items.map(right)).toEqual([[], ['2'], ['3'], []]);
    expect(report.rejected).toMatchObject([{ row: 6, reason: 'key-unreadable', cell: 'E6' }]);
  });

  it('of true-false items get their options where they have none', async () => {
    const { items, report } = await loadRows(
      HEADINGS,
      ['一', '判断题', '甲', null, '×'],
      ['一', '判断题', '乙', '对 错', 'A'],
    );
    expect(items.map(right)).toEqual([['错误'], ['对']]);
    expect(report.repaired).toBe(2);
    expect(report.repairs[0]).toEqual({
      ...{ sheet: 'Sheet1', row: 2 },
      repairs: [{ part: 'options', from: '', to: 'A. 正确\nB. 错误' }],
    });
  });
});

describe('what else is known of an item', () => {
  it('is read from columns of its own', async () => {
    const { items } = await loadRows(
      ['题型', '题目', '选项', '答案', '难度', '答案解析', '行业', '人员类别'],
      ['单选题', '甲', 'A.一**B.二', 'A', '较难', '见第三条', '冶金', '特种作业人员'],
      ['单选题', '乙', 'A.一**B.二', 'A', 3, null, null, null],
      ['单选题', '丙', 'A.一**B.二', 'A', '说不清', null, null, null],
    );
    expect(items[0]).toMatchObject({
      ...{ difficulty: 0.65, explanation: { zh: '见第三条' }, industry: '冶金', category: '特种作业人员' },
    });
    expect(items.map(({ difficulty }) => difficulty)).toEqual([0.65, 0.5, undefined]);
  });
});

describe('layouts', () => {
  it('a column for each option, with numbers in cells', async () => {
    const { items } = await loadRows(
      ['答案', '题型', '题目', 'A', 'B', 'C', 'D'],
      ['C', '单选题', '1MΩ等于（ ）Ω', 10, 1000, 1000000, null],
      ['√', '判断题', '红色表示禁止', null, null, null, null],
    );
    expect(items.map(right)).toEqual([['1000000'], ['正确']]);
  });

  it('options under a heading merged over several columns', async () => {
    const { items } = await loadRows(
      ['题型', '题目', '选项', null, null, '答案'],
      ['单选', '甲', '一', '二', '三', 'C'],
    );
    expect(right(items[0])).toEqual(['三']);
  });

  it('a sheet for each kind, without a column for it', async () => {
    const { items } = await load([
      {
        sheet: '判断题',
        rows: [
          ['题目', '答案'],
          ['甲', '对'],
        ],
      },
      {
        sheet: '多选题',
        rows: [
          ['题目', '选项', '答案'],
          ['乙', 'A.一\nB.二\nC.三', 'A,C'],
        ],
      },
    ]);
    expect(items.map(({ kind }) => kind)).toEqual(['true-false', 'multiple']);
    expect(items.map(right)).toEqual([['正确'], ['一', '三']]);
  });

  it('sections named after a kind', async () => {
    const { items } = await loadRows(
      ['题目', '选项', '答案'],
      ['一、单选题（每题1分）'],
      ['甲', '**A.一**B.二', 'B'],
      ['二、多选题'],
      ['乙', '**A.一**B.二', 'B'],
    );
    expect(items.map(({ kind }) => kind)).toEqual(['single', 'multiple']);
  });

  it('a sheet without headings goes on as the one before, if it fits', async () => {
    const { report } = await load([
      { sheet: 'Sheet1', rows: [HEADINGS, ROW] },
      { sheet: 'Sheet2', rows: [['二', '判断题', '甲', '**A.正确**B.错误', 'B']] },
      { sheet: 'Sheet3', rows: [[null, null, '段小玲', '单选题', '1-55']] },
      { sheet: 'Sheet4', rows: [[' ']] },
    ]);
    expect(report.rows).toBe(2);
    expect(report.skippedSheets).toEqual([
      { sheet: 'Sheet3', reason: 'no-headings' },
      { sheet: 'Sheet4', reason: 'empty' },
    ]);
  });
});

describe('any cells at all', () => {
  const scrap = fc.constantFrom(
    'A',
    'B.',
    'C、',
    '**',
    '##',
    '\n',
    '（',
    '）',
    '1.',
    '12',
    '判断题',
    '多选',
    '正确',
    ' ',
    'AB',
    'D',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(scrap, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  const cell = fc.oneof(text, fc.constant(null), fc.double(), fc.boolean(), fc.date());
  const columns = ['A', 'B', 'C'];

  it.each([[[...HEADINGS]], [['题型', '题目', ...columns, '答案']]])('never throw under %j', (headings) => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 8 }), (cells) => {
        const rows = [...readSheet('单选', [headings, ...cells], undefined)];
        const stems = rows.map(({ stem }) => stem);
        for (const [at] of rows.entries()) expect(readItem(rows, stems, at)).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });
});

const banks = join(sharedData, 'banks');

describe.skipIf(!existsSync(banks))(`the real banks (skipped: nothing is read where ${banks} is missing)`, () => {
  const names = existsSync(banks) ? readdirSync(banks).filter((name) => name.endsWith('.xlsx')) : [];
  const open = (name: string) => importBank(readFileSync(join(banks, name)), name);

  it('give nearly all their rows, each sum adds up and each key is an option', async () => {
    let [rows, taken] = [0, 0];
    for (const name of names.filter((name) => name !== '培训系统.xlsx')) {
      const { items, report } = await open(name);
      expect(report.accepted + report.repaired + report.rejected.length, name).toBe(report.rows);
      expect(items.length, name).toBe(report.accepted + report.repaired - report.duplicates.length);
      expect(items.every((item) => right(item)?.length === item.key.length)).toBe(true);
      expect(items.every(({ options }) => options.every(({ text }) => !text?.zh.includes('**')))).toBe(true);
      rows += report.rows;
      taken += items.length;
    }
    expect(rows).toBeGreaterThan(10_000);
    expect(taken / rows).toBeGreaterThan(0.95);
  });

  it.runIf(names.includes('培训系统.xlsx'))('hold one workbook that is no bank', async () => {
    await expect(open('培训系统.xlsx')).rejects.toMatchObject({ reason: 'no-items' });
  });

  it.runIf(names.includes('观光车总题库.xlsx'))('go on in a sheet without headings', async () => {
    const { report } = await open('观光车总题库.xlsx');
    expect(report.rejected.some(({ sheet }) => sheet === 'Sheet2')).toBe(true);
    expect(report.skippedSheets.map(({ sheet }) => sheet)).toEqual(['Sheet3']);
  });
});
