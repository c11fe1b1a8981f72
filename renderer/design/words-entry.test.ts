import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AnswerState } from '../../contract/words/form.ts';
import { MOST_WORDS } from '../../contract/words/items.ts';
import { cutTo } from './words-entry.tsx';

it('what is typed is never longer than the station takes it, nor half a character', () => {
  const taken = (gap: string) =>
    AnswerState.safeParse({ itemId: 'it_1', chosen: [], gaps: [gap], flagged: false, revision: 1 }).success;
  expect(cutTo('字'.repeat(300), MOST_WORDS)).toHaveLength(MOST_WORDS);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('字', '𠮷', 'a'), minLength: 150, maxLength: 300 }), (text) => {
      expect(taken(cutTo(text, MOST_WORDS))).toBe(true);
    }),
  );
});
