import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../contract/words/ids.ts';
import { isLearnt, Memory, remember } from './memory.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-01T08:00:00.000Z');
const Answer = fc.record({ right: fc.boolean(), days: fc.integer({ min: -3, max: 200 }) });

describe('how well an item is remembered', () => {
  it('is asked at once after a wrong answer and never before a day is over after a right one, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(Answer, { minLength: 1, maxLength: 40 }), (answers) => {
        let [memory, at]: [Memory | undefined, number] = [undefined, START];
        for (const { right, days } of answers) {
          at += days * DAY_MS;
          const next = Memory.parse(remember(memory, right, instant(new Date(at))));
          const pause = Date.parse(next.due) - Date.parse(next.last);
          expect(right ? pause >= DAY_MS : pause === 0).toBe(true);
          expect(Date.parse(next.last)).toBeGreaterThanOrEqual(memory ? Date.parse(memory.last) : START - 3 * DAY_MS);
          expect(next.reviews).toBe((memory?.reviews ?? 0) + 1);
          memory = next;
        }
      }),
    );
  });

  it('is learnt after some right answers, each when it was due, and not before', () => {
    let memory = remember(undefined, false, instant(new Date(START)));
    let rounds = 0;
    while (!isLearnt(memory) && rounds < 30) {
      memory = remember(memory, true, instant(new Date(memory.due)));
      rounds++;
    }
    expect(rounds).toBeGreaterThan(2);
    expect(rounds).toBeLessThan(15);
  });

  it('loses by a wrong answer what right ones had won', () => {
    const right = (memory: Memory): Memory => remember(memory, true, instant(new Date(memory.due)));
    const known = right(right(right(remember(undefined, false, instant(new Date(START))))));
    expect(remember(known, false, instant(new Date(known.due))).stability).toBeLessThan(known.stability);
  });
});
