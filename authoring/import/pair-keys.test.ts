import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../contract/words/items.ts';
import { makeBank, makeItem } from '../../proof/index.ts';
import { exportBank } from '../export/index.ts';
import { importBank } from './import-bank.ts';

const HEAD = '题型,题目,左列,选项A,选项B,选项C,选项D,答案';
async function readRow(premises: string, key: string, kind = '匹配题') {
  const cells = [kind, '把灭火器和火灾配起来', premises, '油火', '电火', '木头', '金属', key];
  const text = `${HEAD}\n${cells.map((cell) => `"${cell}"`).join(',')}\n`;
  const { items, report } = await importBank(Buffer.from(text), 'a.csv');
  const item = items[0];
  const textOf = (id: string) => item?.options.find((option) => option.id === id)?.text?.zh;
  const pairs = item?.premises?.map(({ text: said }, at) => `${said?.zh}-${textOf(item.key[at] as string)}`);
  return { item, pairs, reason: report.rejected[0]?.reason, repairs: report.repairs };
}

describe('a row of pairs', () => {
  const RIGHT = ['泡沫-油火', '干粉-金属', '水-木头'];
  it.each([
    ['1.泡沫\n2.干粉\n3.水', '1-A；2-D；3-C'],
    ['①泡沫②干粉③水', '①A②D③C'],
    ['（1）泡沫（2）干粉（3）水', '(1)-A, (2)-D, (3)-C'],
    ['泡沫\n干粉\n水', '1→A 2→D 3→C'],
    ['泡沫；干粉；水', '3C1A2D'],
    ['泡沫|干粉|水', 'ADC'],
    ['1、泡沫 2、干粉 3、水', '答案：1：A，2：D，3：C'],
    ['1.泡沫\n2.干粉\n3.水', 'a、d、c'],
  ])('is read: %j with %s', async (premises, key) => {
    expect((await readRow(premises, key)).pairs).toEqual(RIGHT);
    for (const kind of ['连线题', '配对', 'matching'])
      expect((await readRow(premises, key, kind)).pairs).toEqual(RIGHT);
  });

  it('may have one option for several', async () => {
    expect((await readRow('泡沫；干粉；水', 'AAC')).pairs).toEqual(['泡沫-油火', '干粉-油火', '水-木头']);
  });

  it.each([
    ['', 'ADC', 'premises-missing'],
    ['泡沫；；水', 'ADC', 'premises-unclear'],
    ['泡沫；泡沫。；水', 'ADC', 'premises-unclear'],
    ['泡沫；干粉；水', 'AD', 'key-count'],
    ['泡沫；干粉；水', 'ABCD', 'key-count'],
    ['泡沫；干粉；水', '1-A；2-D', 'key-count'],
    ['泡沫；干粉；水', '1-A；2-D；4-C', 'key-count'],
    ['泡沫；干粉；水', '1-A；1-B；2-D；3-C', 'key-unreadable'],
    ['泡沫；干粉；水', '1-A；2-D；3-油火', 'key-unreadable'],
    ['泡沫；干粉；水', '1-A；2-D；3-F', 'key-outside-options'],
    ['如下图；干粉；水', 'ADC', 'picture-needed'],
  ])('is refused: %j with %s', async (premises, key, reason) => {
    expect((await readRow(premises, key)).reason).toBe(reason);
  });
});

describe('pairs', () => {
  const draft = (change: Partial<ItemDraft> = {}): ItemDraft => ({
    ...{ kind: 'match', stem: { zh: '配对' }, topic: '', key: [2, 0] },
    premises: ['甲', '乙'].map((zh) => ({ zh })),
    options: ['子', '丑', '寅'].map((zh) => ({ zh })),
    ...change,
  });

  it('are the same item however they were ordered, and no other for another key', () => {
    const turned = makeItem(draft({ premises: ['乙', '甲'].map((zh) => ({ zh })), key: [0, 2] }));
    const item = makeItem(draft());
    expect([turned.id, makeItem(draft({ key: [0, 0] })).id]).toEqual([item.id, item.id]);
    expect(new Set([...item.options, ...(item.premises ?? [])].map(({ id }) => id)).size).toBe(5);
    expect(makeItem(draft({ premises: ['丙', '乙'].map((zh) => ({ zh })) })).id).not.toBe(item.id);
  });

  it.each([
    [{ key: [0] }],
    [{ key: [0, 3] }],
    [{ premises: [{ zh: '甲' }, { zh: '甲' }] }],
    [{ kind: 'single' as const }],
    [{ premises: undefined }],
  ])('are whole: %j is none', (change) => {
    expect(() => makeItem(draft(change as Partial<ItemDraft>))).toThrow();
  });

  const words = fc.string({ unit: fc.constantFrom(...'甲乙丙AB12.、；|（） \n"=-1'), minLength: 1, maxLength: 8 });
  const said = fc.uniqueArray(
    words.map((text) => text.trim()).filter((text) => text !== ''),
    { minLength: 2, maxLength: 5 },
  );
  it('are read again as they were written, in JSON and in CSV where that holds them', async () => {
    await fc.assert(
      fc.asyncProperty(said, said, fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }), async (left, right, places) => {
        const key = left.map((_, at) => (places[at] ?? 0) % right.length);
        const item = makeItem({
          ...draft({ key, premises: left.map((zh) => ({ zh })), options: right.map((zh) => ({ zh })) }),
        });
        const bank = { ...makeBank({ zh: '库' }, [item]), pictures: new Map() };
        for (const file of ['a.json', 'a.csv']) {
          const { items } = await importBank(Buffer.from(exportBank(bank, file)), file);
          const { source: _, ...read } = items[0] ?? {};
          expect(read).toEqual(item);
        }
      }),
      { numRuns: 150 },
    );
  });
});
