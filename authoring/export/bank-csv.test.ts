import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../contract/words/items.ts';
import { makeItem } from '../../proof/index.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { importBank } from '../import/index.ts';
import { exportBank } from './export-bank.ts';

const TITLE = { zh: '库' };
const write = (items: readonly Item[], file: string) => exportBank({ title: TITLE, items, pictures: new Map() }, file);
const plain = ({ source: _, ...item }: Item) => item;
async function again(items: readonly Item[], file: string) {
  const { items: read } = await importBank(Buffer.from(write(items, file)), file);
  return read.map(plain);
}

/** What importers of tables take for something else. */
const NASTY = [
  ...['1. ', '12、', '36V', '（A）', '（ ）', '下图所示', 'A.', 'B、', 'A', '**A', '##', '|', '；', ';', ',', '，'],
  ...['"', '=', '=1+1', '+', '-', '@', "'", "'=", '="001"', '\n', '\r\n', '\t', ' ', '　', '正确', '对', '√'],
  ...[
    '\\(x^2\\)',
    '$5',
    '答案',
    '2020-1-1',
    '001',
    '10⁴',
    '_x000D_',
    '\uFEFF',
    '<b>',
    '&amp;',
    'sep=;',
    '甲',
    '乙',
    '#REF!',
    '###',
  ],
];
const text = fc.array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const said = fc
  .record({ zh: text, en: fc.option(text, { nil: undefined }) })
  .map(({ zh, en }) => (en ? { zh, en } : { zh }));
const about = fc.record(
  {
    difficulty: fc.double({ min: 0, max: 1, noNaN: true }),
    explanation: said,
    industry: text,
    area: text,
    category: text,
    enemies: text,
    fixedOrder: fc.constant(true as const),
  },
  { requiredKeys: [] },
);
const topic = fc.constantFrom('', '用电/触电', ' 一 ', '1-2', '=3', '第一章\n用电');
const choice = fc
  .record({
    kind: fc.constantFrom('single' as const, 'multiple' as const, 'true-false' as const),
    stem: said,
    options: fc.uniqueArray(said, { minLength: 2, maxLength: 12, selector: ({ zh }) => zh }),
    topic,
    about,
  })
  .map(({ about: more, kind, options, ...rest }) => ({
    ...{ ...rest, ...more, kind, options, key: kind === 'multiple' && options.length > 2 ? [0, 2] : [1] },
  }));
const numeric = fc
  .record({
    stem: said,
    topic,
    number: fc.record({
      value: fc.double({ noNaN: true, noDefaultInfinity: true }),
      tolerance: fc.constantFrom(0, 0.5, 1e-9),
    }),
    unit: fc.option(fc.constantFrom('V', '%', 'm³', 'm2', ' 次', '°C\n'), { nil: undefined }),
    about,
  })
  .map(({ about: more, unit, ...rest }) => ({
    ...{ ...rest, ...more, kind: 'numeric' as const, options: [], key: [], ...(unit ? { unit } : {}) },
  }));
/** An item that can be one: formulas in nasty texts may be none, and two options the same. */
const item = fc.oneof(choice, numeric).chain((draft) => {
  try {
    return fc.constant(makeItem(draft));
  } catch {
    return fc.constant(undefined);
  }
});

describe('a bank that is written out', () => {
  it.each(['a.json', 'a.csv'])('as %s reads back as the same items, or is refused and says so', (file) => {
    let [written, refused] = [0, 0];
    const items = fc.array(item, { minLength: 1, maxLength: 4 }).map((all) => all.filter((one) => one !== undefined));
    return fc
      .assert(
        fc.asyncProperty(items, async (drawn) => {
          const distinct = [...new Map(drawn.map((one) => [one.stem.zh.replace(/[^\p{L}\p{N}]/gu, ''), one])).values()];
          if (reasonOf(() => write(distinct, file)) === 'not-a-workbook') {
            refused += 1;
            return;
          }
          if (distinct.length === 0) return;
          written += 1;
          expect(await again(distinct, file)).toEqual(distinct.map(plain));
        }),
        { numRuns: 300 },
      )
      .then(() => expect(written).toBeGreaterThan(refused * 4));
  });

  const choose = (stem: string, ...options: readonly string[]) =>
    makeItem({ kind: 'single', stem: { zh: stem }, options: options.map((zh) => ({ zh })), key: [0], topic: '' });

  it.each([
    ['begins with a number', choose('1. 题干以数字开头', '甲', '乙')],
    ['has its answer in brackets', choose('括号里有字母（A）', '甲', '乙')],
    ['speaks of a picture', choose('下图所示的说法', '甲', '乙')],
    ['has options that look like labels', choose('题', 'B.甲', 'A.乙')],
    ['has a formula of Excel', choose('=1+1', "'=甲", '="001"')],
  ])('keeps a question that %s', async (_, one) => expect(await again([one], 'a.csv')).toEqual([one]));

  it('marks only what would be read otherwise', () => {
    const lines = write([choose('题甲', '甲', '乙'), choose('2. 题乙', '甲', '乙')], 'a.csv')
      .trim()
      .split('\n');
    const marked = lines.map((line) => line.split(',')[25]);
    expect(marked).toEqual(['按原文', '', '是']);
    expect(write([choose('题甲', '甲', '乙')], 'a.csv')).not.toContain('按原文');
  });

  it('is refused as CSV where no cell holds an item', () => {
    const long = choose('题'.repeat(32_768), '甲', '乙');
    expect(() => write([choose('一', '甲', '乙'), long], 'a.csv')).toThrow(/write \.json/);
    expect(reasonOf(() => write([long], 'a.json'))).toBe('ok');
  });
});
