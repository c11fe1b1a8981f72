import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Blueprint } from '../../contract/words/blueprint.ts';
import { ITEM_KINDS } from '../../contract/words/items.ts';
import { hashOf } from '../../proof/index.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { BANK, EXAM } from '../bank.fixture.ts';
import { type DrawnForm, drawForm } from './assemble.ts';

const itemOf = (id: string) => BANK.items.find((item) => item.id === id);
const stock = (kind: string): number => BANK.items.filter((item) => item.kind === kind).length;

const row = fc.record({
  kind: fc.constantFrom(...ITEM_KINDS.filter((kind) => stock(kind) > 0)),
  count: fc.integer({ min: 1, max: 10 }),
  marks: fc.integer({ min: 1, max: 5 }),
});
/** Blueprints that the bank can meet: no kind twice. */
const blueprint: fc.Arbitrary<Blueprint> = fc
  .uniqueArray(row, { minLength: 1, maxLength: 3, selector: ({ kind }) => kind })
  .map((rows) => ({ rows }));

const kindsOf = (form: DrawnForm) => form.items.map(({ itemId, marks }) => [itemOf(itemId)?.kind, marks]);

describe('a drawn form', () => {
  it('meets its blueprint exactly, row by row, with distinct items of the bank', () => {
    fc.assert(
      fc.property(blueprint, fc.string(), (wanted, seed) => {
        const form = drawForm(BANK, wanted, seed);
        const rows = wanted.rows.flatMap(({ kind, count, marks }) => Array(count).fill([kind, marks]));
        expect(kindsOf(form)).toEqual(rows);
        expect(new Set(form.items.map(({ itemId }) => itemId)).size).toBe(rows.length);
      }),
    );
  });

  it('offers exactly the options of each item', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        for (const { itemId, options } of drawForm(BANK, EXAM.blueprint, seed).items) {
          const own = itemOf(itemId)?.options.map(({ id }) => id) ?? [];
          expect(options.toSorted()).toEqual(own.toSorted());
        }
      }),
    );
  });

  it('asks no item twice where two rows want the same kind', () => {
    const twice: Blueprint = {
      rows: [
        { kind: 'single', count: 7, marks: 1 },
        { kind: 'single', count: 7, marks: 2 },
      ],
    };
    for (const seed of ['1', '2', '3']) {
      const ids = drawForm(BANK, twice, seed).items.map(({ itemId }) => itemId);
      expect(new Set(ids).size).toBe(14);
    }
  });

  it('is the same for the same seed, another for another', () => {
    const draw = (seed: string) => drawForm(BANK, EXAM.blueprint, seed);
    expect(draw('7')).toEqual(draw('7'));
    expect(draw('7').items).not.toEqual(draw('8').items);
    expect(draw('7').formHash).not.toBe(draw('8').formHash);
  });

  it('names all that redraws it: bank, blueprint, seed, and the hash of what came out', () => {
    const form = drawForm(BANK, EXAM.blueprint, 'seed');
    expect(form).toMatchObject({ bankId: BANK.id, bankHash: BANK.hash, seed: 'seed' });
    expect(form.blueprintHash).toBe(hashOf(EXAM.blueprint));
    expect(form.formHash).toBe(hashOf(form.items));
  });

  it('keeps the usual order of true and false and shuffles all other options', () => {
    const moved = { 'true-false': 0, single: 0, multiple: 0, numeric: 0, text: 0, match: 0, order: 0 };
    for (let n = 0; n < 20; n++) {
      for (const { itemId, options } of drawForm(BANK, EXAM.blueprint, `order ${n}`).items) {
        const item = itemOf(itemId);
        if (item?.options.some(({ id }, at) => id !== options[at])) moved[item.kind] += 1;
      }
    }
    expect(moved['true-false']).toBe(0);
    expect(Math.min(moved.single, moved.multiple)).toBeGreaterThan(50);
  });

  it('gives every item of the bank its turn', () => {
    const drawn = new Set(
      Array.from({ length: 60 }, (_, n) => drawForm(BANK, EXAM.blueprint, `turn ${n}`).items).flatMap((items) =>
        items.map(({ itemId }) => itemId),
      ),
    );
    expect(drawn.size).toBe(BANK.items.length);
  });

  it.each(ITEM_KINDS)('of one %s item more than there are is refused: bank-too-small', (kind) => {
    const draw = (count: number) => reasonOf(() => drawForm(BANK, { rows: [{ kind, count, marks: 1 }] }, 's'));
    expect([draw(stock(kind)), draw(stock(kind) + 1)]).toEqual(['ok', 'bank-too-small']);
  });

  it('of rows that together want more of a kind than there are is refused: bank-too-small', () => {
    const rows = [1, 2].map((marks) => ({ kind: 'single' as const, count: 10, marks }));
    expect(reasonOf(() => drawForm(BANK, { rows }, 's'))).toBe('bank-too-small');
  });
});
