import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../contract/words/items.ts';
import { makeBank, makeItem } from '../../proof/index.ts';
import { exportBank } from '../export/index.ts';
import { importBank } from './import-bank.ts';

const HEAD = '题型,材料,题目,选项A,选项B,答案';
const read = (...rows: readonly string[]) => importBank(Buffer.from([HEAD, ...rows, ''].join('\n')), 'a.csv');

describe('a column of cases', () => {
  it('gives each question its own, and others none', async () => {
    const { items } = await read(
      ...['单选题,某厂起火,起火原因是,电,油,A', '单选题,某厂起火,谁先到,甲,乙,B', '单选题,,火警电话是,119,110,A'],
    );
    expect(items.map(({ passage }) => passage?.text.zh)).toEqual(['某厂起火', '某厂起火', undefined]);
  });

  it('makes another question of the same words', async () => {
    const { items, report } = await read('单选题,某厂起火,原因是,电,油,A', '单选题,某库起火,原因是,电,油,B');
    expect([new Set(items.map(({ id }) => id)).size, report.rejected]).toEqual([2, []]);
  });

  it.each([
    ['单选题,,本案例的直接原因是,电,油,A', 'passage-missing'],
    ['单选题,如下图所示的机器,原因是,电,油,A', 'picture-needed'],
  ])('%s is refused', async (row, reason) => {
    const { report } = await read(row, '单选题,,火警电话是,119,110,A');
    expect(report.rejected.map((one) => one.reason)).toEqual([reason]);
  });

  it('does not keep out what asks about a case where there is no such column', async () => {
    const { items } = await importBank(
      Buffer.from('题型,题目,选项A,选项B,答案\n单选题,本案例的原因是,电,油,A\n'),
      'a.csv',
    );
    expect(items.length).toBe(1);
  });
});

describe('an item with a passage', () => {
  const draft = (passage: ItemDraft['passage']): ItemDraft => ({
    ...{ kind: 'single', stem: { zh: '原因是' }, options: [{ zh: '电' }, { zh: '油' }], key: [0], topic: '' },
    ...(passage ? { passage } : {}),
  });

  it('is another than without it', () => {
    const ids = [undefined, { text: { zh: '甲' } }, { text: { zh: '甲', en: 'a' } }].map(
      (one) => makeItem(draft(one)).id,
    );
    expect(new Set(ids).size).toBe(3);
  });

  const words = fc.string({ unit: fc.constantFrom(...'某厂起火1.A、（）=\'" \n|-'), minLength: 1, maxLength: 12 });
  it('is read again as it was written, in JSON and in CSV', async () => {
    const said = words.map((text) => text.trim()).filter((text) => text !== '');
    await fc.assert(
      fc.asyncProperty(said, fc.option(said, { nil: undefined }), async (zh, en) => {
        const item = makeItem(draft({ text: { zh, ...(en === undefined ? {} : { en }) } }));
        const bank = { ...makeBank({ zh: '库' }, [item]), pictures: new Map() };
        for (const file of ['a.json', 'a.csv']) {
          const { items } = await importBank(Buffer.from(exportBank(bank, file)), file);
          const { source: _, ...again } = items[0] ?? {};
          expect(again).toEqual(item);
        }
      }),
      { numRuns: 150 },
    );
  });
});
