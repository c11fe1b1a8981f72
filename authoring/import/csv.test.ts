import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from './csv-lines.ts';
import { importBank } from './import-bank.ts';
import { readCsvCells } from './index.ts';

const HEAD = '题型,题干,选项A,选项B,答案';
const load = (text: string | Uint8Array) => importBank(typeof text === 'string' ? Buffer.from(text) : text, 'a.csv');
async function read(text: string | Uint8Array) {
  const { items, report } = await load(text);
  return {
    said: items.map(({ stem, options }) => [stem.zh, ...options.map((option) => option.text?.zh)]),
    rejected: report.rejected.map(({ row, reason, construct }) => [row, reason, construct]),
  };
}
const cellsIn = (text: string, delimiter = ',') => [...csvRows(text, delimiter)].map(({ cells }) => cells);

describe('a quote in a CSV', () => {
  it('inside a cell stands for itself', async () => {
    const rows = `${HEAD}\n单选题,他喊"停"是什么,5" 管,走,A\n单选题,正常,停,走,B\n`;
    expect(await read(rows)).toEqual({
      said: [
        ['他喊"停"是什么', '5" 管', '走'],
        ['正常', '停', '走'],
      ],
      rejected: [],
    });
  });

  it.each([
    ['begins a cell and ends before it does', '单选题,"停"是什么,停,走,A'],
    ['is never closed', '单选题,"停是什么,停,走,A'],
    ['is closed in the next row', '单选题,"停是什么,停,走,A\n单选题,他喊"停",停,走,A'],
  ])('that %s refuses its own row alone', async (_, broken) => {
    const { said, rejected } = await read(`${HEAD}\n${broken}\n单选题,"正,常",停,走,B\n`);
    expect(rejected).toEqual([[2, 'construct-unread', '引号']]);
    expect(said.at(-1)).toEqual(['正,常', '停', '走']);
  });

  it('of a text that a program wrote as a formula is none of it', async () => {
    expect(await read(`${HEAD}\n单选题,编号,="001","=""002""",A\n单选题,甲,="00""1",'=3,A`)).toEqual({
      said: [
        ['编号', '001', '002'],
        ['甲', '00"1', '=3'],
      ],
      rejected: [],
    });
  });

  it('keeps what looks like a failed formula, and is a text', async () => {
    const { said, rejected } = await read(
      `${HEAD}\n单选题,甲,#REF!,乙,B\n单选题,甲,="#REF!",乙,B\n单选题,甲,乙,########,A\n单选题,为何是#N/A,甲,乙,A\n`,
    );
    expect([said, rejected]).toEqual([
      [
        ['甲', '#REF!', '乙'],
        ['为何是#N/A', '甲', '乙'],
      ],
      [
        [2, 'cell-error', undefined],
        [4, 'cell-rewritten', undefined],
      ],
    ]);
  });

  it('may hold lines, and of any cells they come back', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'甲a,;"\n\r \'=') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(cellsIn(text)).toEqual(rows);
      }),
    );
  });

  it('or anything else loses no character that is no delimiter, no quote and no end of a line', () => {
    const kept = (text: string) => text.replace(/[,"\r\n]/g, '');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'甲a,"\n\r') }), (text) => {
        expect(kept(cellsIn(text).flat().join(''))).toBe(kept(text));
      }),
    );
  });
});

describe('a CSV', () => {
  const rows = `${HEAD}\n单选题,"甲\n乙",一,二,B\n单选题,丙，丁；戊,三,四,A`;
  const said = [
    ['甲乙', '一', '二'],
    ['丙，丁；戊', '三', '四'],
  ];
  const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
  it.each<[string, string | Uint8Array]>([
    ['as it is usual', rows],
    ['with lines of a Macintosh', rows.replaceAll('\n', '\r')],
    ['with lines of Windows', rows.replaceAll('\n', '\r\n')],
    ['with semicolons', rows.replaceAll(',', ';')],
    ['with tabs', rows.replaceAll(',', '\t')],
    ['with semicolons, which it says', `sep=;\r\n${rows.replaceAll(',', ';')}`],
    ['with bars, which it says', `SEP=|\n${rows.replaceAll(',', '|')}`],
    ['under a title with semicolons', `2020年题库；共2题；适用；锅炉；电梯；起重\n${rows}`],
    ['under a title with commas of both widths', `题库，共，2，题，\n;;;;;;;;;;\n${rows}`],
    ['in UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), wide(rows)])],
    ['in UTF-16 without', wide(rows)],
    ['in UTF-16 the other way', Buffer.concat([Buffer.from([0xfe, 0xff]), wide(rows).swap16()])],
    ['in UTF-16 the other way without', wide(rows).swap16()],
    ['with bytes of zero', rows.replaceAll('甲', '\0甲')],
  ])('%s gives its items', async (_, text) => expect(await read(text)).toEqual({ said, rejected: [] }));

  it.each(['；', '，'])('typed with %s of full width gives its items', async (delimiter) => {
    const text = `${HEAD}\n单选题,甲,一,二,B`.replaceAll(',', delimiter);
    expect((await read(text)).said).toEqual([['甲', '一', '二']]);
  });

  it('counts its rows from the first, also behind what it says of itself', async () => {
    expect((await load(`sep=;\n${HEAD.replaceAll(',', ';')}\n单选题;甲;一;二;B`)).items[0]?.source?.row).toBe(3);
  });

  it('that is no bank is parted by what most rows have as often', () => {
    expect(readCsvCells(Buffer.from('名单；一，二\n姓名;部门\n甲;乙，丙\n丁;戊'))).toEqual([
      ['名单；一，二'],
      ['姓名', '部门'],
      ['甲', '乙，丙'],
      ['丁', '戊'],
    ]);
  });
});
