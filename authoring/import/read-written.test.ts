import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../contract/words/items.ts';
import { makeItem } from '../../proof/index.ts';
import { BANK, ILLUSTRATED, PICTURE } from '../bank.fixture.ts';
import { draftOf } from './draft-of.ts';
import { importBank } from './import-bank.ts';
import { readWritten } from './read-written.ts';
import { writeWorkbook } from './workbook.fixture.ts';
import { type WrittenRow, writtenOf } from './written-row.ts';

const PLACE = { file: '题库.xlsx', sheet: '一', row: 7 };
const NO_PICTURES = { stem: [], options: new Map() };
const ROW: WrittenRow = {
  ...{ kind: '单选题', stem: '问什么', options: ['甲', '乙', '丙'], key: 'B', topic: '用电', about: {} },
  pictures: NO_PICTURES,
};
const again = (change: Partial<WrittenRow>) => readWritten({ ...ROW, ...change }, PLACE);
const pictures = new Map(
  [...ILLUSTRATED.items].flatMap(({ pictures: own = [] }) => own.map(({ hash }) => [hash, PICTURE] as const)),
);

describe('a row that somebody wrote', () => {
  it('is read as a row of a table', async () => {
    const read = await again({ about: { explanation: '如此', difficulty: '难', industry: '危化品' } });
    expect(read).toMatchObject({
      ...{ ok: true, repairs: [] },
      item: {
        ...{ kind: 'single', stem: { zh: '问什么' }, topic: '用电', difficulty: 0.75, explanation: { zh: '如此' } },
        ...{ industry: '危险化学品', source: PLACE },
      },
    });
  });

  it.each([
    ['kind-missing', { kind: '' }],
    ['kind-unknown', { kind: '画图题' }],
    ['premises-missing', { kind: '连线题' }],
    ['stem-missing', { stem: '  ' }],
    ['picture-needed', { stem: '如下图所示' }],
    ['formula-unreadable', { stem: '\\(\\def\\)' }],
    ['options-missing', { options: ['甲'] }],
    ['key-outside-options', { options: ['甲', '', '丙'], key: 'B' }],
    ['options-same', { options: ['甲', '甲'], key: 'A' }],
    ['options-count', { options: Array.from({ length: 13 }, (_, at) => `${at}个`) }],
    ['key-missing', { key: '' }],
    ['key-count', { key: 'AB' }],
    ['key-outside-options', { key: 'D' }],
    ['key-missing', { options: [], key: '' }],
  ] as const)('is refused as it would be there: %s', async (reason, change) => {
    expect(await again(change)).toMatchObject({ ok: false, reason });
  });

  it('is told where what stands before its question was taken for a number', async () => {
    expect(await again({ stem: '12、问什么' })).toMatchObject({
      ...{ ok: true, repairs: [{ part: 'stem', from: '12、问什么', to: '问什么' }] },
    });
  });

  it('takes a number with its tolerance and unit', async () => {
    const read = await again({ kind: '数字题', options: [], key: '36±1V' });
    expect(read).toMatchObject({ ok: true, item: { number: { value: 36, tolerance: 1 }, unit: 'V' } });
  });
});

const sameAs = async (item: Item, bytes = pictures) => {
  const written = writtenOf(draftOf(item), bytes);
  const read = written && (await readWritten(written, PLACE));
  return read?.ok ? { id: read.item.id, key: draftOf(read.item).key } : read;
};

describe('an item', () => {
  it.each([...BANK.items].map((item) => [item.stem.zh, item] as const))(
    'is the same once it was written: %s',
    async (_, item) => {
      const alike = { ...item, stem: { zh: item.stem.zh } };
      expect(await sameAs(makeItem(draftOf(alike)))).toEqual({
        id: makeItem(draftOf(alike)).id,
        key: draftOf(item).key,
      });
    },
  );

  it('is the same whatever its words are', async () => {
    const word = fc.stringMatching(/^[一-龥]{2,8}$/);
    const written = fc.record({
      stem: word,
      options: fc.uniqueArray(word, { minLength: 2, maxLength: 12 }),
      right: fc.nat(11),
    });
    await fc.assert(
      fc.asyncProperty(written, async ({ stem, options, right }) => {
        const key = [right % options.length];
        const item = makeItem({
          kind: 'single',
          stem: { zh: stem },
          options: options.map((zh) => ({ zh })),
          key,
          topic: '',
        });
        const read = await sameAs(item, new Map());
        // A question may speak of what no row has: then it is refused, and no other.
        if (read && 'id' in read) expect(read).toEqual({ id: item.id, key });
        else expect(read).toMatchObject({ ok: false });
      }),
      { numRuns: 60 },
    );
  });

  it('is not written where a row would lose something of it', () => {
    const draft = draftOf(BANK.items[0] as Item);
    expect(writtenOf({ ...draft, stem: { zh: '问', en: 'asks' } }, new Map())).toBeUndefined();
    expect(writtenOf({ ...draft, fixedOrder: true }, new Map())?.about).toMatchObject({ fixedOrder: '是' });
  });
});

describe('what stands in a refused row', () => {
  it('is kept as it was typed', async () => {
    const rows = [
      ['题型', '题干', '选项', '答案', '难度'],
      ['单选题', '好的', 'A.甲\nB.乙', 'A', ''],
      ['单选题', '没有答案', 'A.甲\nB.乙', '', '难'],
      ['画图题', '别的题型', '甲**乙', 'A', ''],
    ];
    const { rows: read } = await importBank(writeWorkbook([{ sheet: '一', rows }]), 'a.xlsx');
    expect(read.map(({ problem }) => problem?.reason)).toEqual([undefined, 'key-missing', 'kind-unknown']);
    expect(read[0]?.written).toBeUndefined();
    expect(read[1]?.written).toMatchObject({
      stem: '没有答案',
      options: ['甲', '乙'],
      key: '',
      about: { difficulty: '难' },
    });
    expect(read[2]?.written).toMatchObject({ kind: '画图题', options: ['甲', '乙'], key: 'A' });
  });

  it('keeps labels that are out of order: what a letter means is for whoever mends it to see', async () => {
    const rows = [
      ['题型', '题干', '选项', '答案'],
      ['单选题', '问', 'A.甲\nB.乙\nB.丙\nB.丁', 'B'],
    ];
    const { rows: read } = await importBank(writeWorkbook([{ sheet: '一', rows }]), 'a.xlsx');
    expect(read[0]?.written?.options).toEqual(['A.甲', 'B.乙', 'B.丙', 'B.丁']);
  });

  it('is told by exchange formats too', async () => {
    const gift = '几点上班？{ =八点 =九点 ~十点 }\n';
    const { rows } = await importBank(Buffer.from(gift), 'a.gift');
    expect(rows[0]).toMatchObject({ problem: { reason: 'key-count' }, written: { stem: '几点上班？', key: 'AB' } });
  });
});
