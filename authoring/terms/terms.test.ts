import { describe, expect, it } from 'vitest';
import { TERM_FIELDS, termFor } from '../../contract/words/terms.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { readBlueprint } from '../blueprints/index.ts';
import { importBank } from '../import/index.ts';
import { writeWorkbook } from '../import/workbook.fixture.ts';
import { readTerms, SEED_TERMS, writeTerms } from './terms.ts';

const bank = (sectors: readonly string[]) =>
  writeWorkbook([
    {
      sheet: '一',
      rows: [
        ['题型', '题目', '选项A', '选项B', '答案', '行业', '重点领域'],
        ...sectors.map((sector, n) => [
          '单选题',
          `第${'一二三四五六七八'[n]}问？`,
          '甲',
          '乙',
          'A',
          sector,
          '有限空间',
        ]),
      ],
    },
  ]);

describe('the lists of terms', () => {
  it('begin with the ten sectors of 2+8, and leave areas and categories to each place', () => {
    expect(TERM_FIELDS.map((field) => SEED_TERMS[field].length)).toEqual([10, 0, 0]);
  });

  it('are a file to edit that reads back', () => {
    expect(readTerms(writeTerms(SEED_TERMS))).toEqual(SEED_TERMS);
  });

  it.each([
    ['危化品', '危险化学品'],
    ['危险化学品 企业', '危险化学品'],
    ['冶金工业', '冶金'],
    ['有色金属行业', '有色'],
    ['Light Industry', '轻工'],
    ['轻工', '轻工'],
    ['行业', undefined],
    ['航空', undefined],
  ])('%s means %s', (text, term) => {
    expect(termFor(SEED_TERMS.industry, text)).toBe(term);
  });

  it('that name one thing twice, or are no lists, are refused', () => {
    const twice = { ...SEED_TERMS, area: [{ name: { zh: '粉尘' } }, { name: { zh: '涉爆粉尘' }, also: ['粉尘领域'] }] };
    for (const text of [writeTerms(twice), 'industry: 5', '{', 'area: []'])
      expect(reasonOf(() => readTerms(text))).toBe('bad-message');
  });
});

describe('a bank under terms', () => {
  it('calls one sector by one name, and says which names are in no list', async () => {
    const { items, report } = await importBank(bank(['危化品', '冶金行业', '航空', '航空']), 'a.xlsx');
    expect(items.map(({ industry, area }) => [industry, area])).toEqual([
      ['危险化学品', '有限空间'],
      ['冶金', '有限空间'],
      ['航空', '有限空间'],
      ['航空', '有限空间'],
    ]);
    expect(report.unknownTerms).toEqual([{ field: 'industry', text: '航空', rows: 2, first: { sheet: '一', row: 4 } }]);
    expect([report.accepted, report.rejected]).toEqual([4, []]);
  });

  it('takes the lists of the place', async () => {
    const terms = readTerms('{ industry: [], area: [{ name: { zh: 受限空间 }, also: [有限空间] }], category: [] }');
    const { items, report } = await importBank(bank(['危化品']), 'a.xlsx', { terms });
    expect(items.map(({ industry, area }) => [industry, area])).toEqual([['危化品', '受限空间']]);
    expect(report.unknownTerms).toEqual([]);
  });

  it('is asked for by a blueprint in the same terms', async () => {
    const yaml = 'rows: [{ kind: single, count: 1, marks: 1, industry: 危化品 }]';
    const { rows } = await readBlueprint(Buffer.from(yaml), 'a.yaml');
    expect(rows[0]?.industry).toBe('危险化学品');
  });
});
