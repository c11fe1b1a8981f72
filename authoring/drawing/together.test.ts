import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBank, makeItem } from '../../proof/index.ts';
import { drawForm } from './assemble.ts';
import { together } from './together.ts';

describe('items of one passage', () => {
  it('stand behind each other as they are written, and the others stay in their order', () => {
    const passages = fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }), { maxLength: 12 });
    fc.assert(
      fc.property(passages, fc.infiniteStream(fc.nat()), (all, luck) => {
        const drawn = all.map((_, at) => at).toSorted(() => (luck.next().value % 3) - 1);
        const form = together(drawn, (at) => all[at]);
        expect(form.toSorted((a, b) => a - b)).toEqual(all.map((_, at) => at));
        expect(form.filter((at) => all[at] === undefined)).toEqual(drawn.filter((at) => all[at] === undefined));
        for (const one of new Set(all.filter((passage) => passage !== undefined))) {
          const places = form.flatMap((at, place) => (all[at] === one ? [place] : []));
          expect(places).toEqual(places.map((_, n) => (places[0] ?? 0) + n));
          const members = form.filter((at) => all[at] === one);
          expect(members).toEqual(members.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('do so in a form', () => {
    const items = Array.from({ length: 12 }, (_, n) =>
      makeItem({
        ...{ kind: 'single', stem: { zh: `第 ${n} 问` }, options: [{ zh: '甲' }, { zh: '乙' }], key: [0], topic: '' },
        ...(n % 3 === 0 ? {} : { passage: { text: { zh: n % 3 === 1 ? '案例一' : '案例二' } } }),
      }),
    );
    const bank = makeBank({ zh: '案例' }, items);
    const rows = [{ kind: 'single' as const, count: 12, marks: 1 }];
    for (const seed of ['1', '2', '3']) {
      const places = drawForm(bank, { rows }, seed).items.map(({ itemId }) =>
        items.findIndex(({ id }) => id === itemId),
      );
      for (const passage of [1, 2]) {
        const members = places.filter((at) => at % 3 === passage);
        const first = places.indexOf(members[0] ?? -1);
        expect(members).toEqual(members.toSorted((a, b) => a - b));
        expect(places.slice(first, first + members.length)).toEqual(members);
      }
    }
  });
});
