import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { readColumns } from './columns.ts';
import { importBank } from './import-bank.ts';
import { writeWorkbook } from './workbook.fixture.ts';

const odd = writeWorkbook([
  {
    sheet: '一',
    rows: [
      ['Nr', 'Was?', 'Eins', 'Zwei', 'Welche', 'Art', 'Warum'],
      [1, '电工要持证吗？', '要', '不要', 'A', '单选题', '法规如此'],
      [2, '焊工要持证吗？', '不要', '要', 'B', '单选题', null],
    ],
  },
]);
const SAID = 'stem=B,A=C,B=D,key=E,kind=F,explanation=G,row=2';

describe('columns that somebody names', () => {
  it('are read though no heading says what they hold', async () => {
    expect((await importBank(odd, 'a.xlsx').catch((error) => error)).reason).toBe('no-items');
    const { items, report } = await importBank(odd, 'a.xlsx', { columns: readColumns(SAID) });
    expect(report).toMatchObject({ rows: 2, accepted: 2 });
    expect(items.map(({ stem, options, key }) => [stem.zh, options.findIndex(({ id }) => id === key[0])])).toEqual([
      ['电工要持证吗？', 0],
      ['焊工要持证吗？', 1],
    ]);
    expect(items[0]?.explanation?.zh).toBe('法规如此');
  });

  it('win over headings, in CSV too', async () => {
    const text = '题型,题目,旧答案,选项A,选项B,答案\n单选题,电工要持证吗？,A,要,不要,B\n';
    const columns = readColumns('kind=A,stem=B,key=C,A=D,B=E,row=2');
    const { items } = await importBank(Buffer.from(text), 'a.csv', { columns });
    expect(items[0]?.key).toEqual([items[0]?.options[0]?.id]);
  });

  it('beyond Z are columns too', () => {
    expect(readColumns('stem=AA,key=ab').layout).toMatchObject({ stem: 26, key: 27 });
  });

  it.each([
    '',
    'stem=C',
    'stem=B,stem=C,key=D',
    'stem=C,key=',
    'stem=C,key=5',
    'stem=C,key=D,row=E',
    'stem=C,key=D,colour=E',
    'stem=C;key=D',
  ])('written as %j are refused', (text) => {
    expect(reasonOf(() => readColumns(text))).toBe('bad-message');
  });
});
