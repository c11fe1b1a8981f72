import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lesson } from '../../contract/words/course.ts';
import { NOTHING, takeReport } from './lesson-report.ts';

const SECONDS = 120;
const film = Lesson.parse({
  ...{ kind: 'video', id: 'le_film', title: { zh: '片' }, seconds: SECONDS },
  sources: [{ hash: 'a'.repeat(64), type: 'video/webm', bytes: 1 }],
});
const START = Date.parse('2026-03-05T06:00:00.000Z');

const Said = fc.record({
  /** Since the report before, by the server's clock; a clock may be set back. */
  passedMs: fc.integer({ min: -5_000, max: 120_000 }),
  ms: fc.nat(600_000),
  position: fc.double({ min: 0, max: 100_000, noNaN: true }),
  again: fc.boolean(),
});

describe('what is believed of reports from home', () => {
  test('is never more than passed, never more than the lesson has, and only ever more', () => {
    fc.assert(
      fc.property(fc.array(Said, { maxLength: 60 }), (reports) => {
        let [now, latest, heardMs, done] = [START, START, START, NOTHING];
        for (const { passedMs, ms, position, again } of reports) {
          now += passedMs;
          latest = Math.max(latest, now);
          // The same report twice, as where a reply was lost, or two windows that both ask for the same minute.
          for (const _ of again ? [1, 2] : [1]) {
            const told = takeReport(film, done, { ms, position, heardMs, nowMs: now }, false);
            expect(told.after.ms).toBeGreaterThanOrEqual(done.ms);
            expect(told.heardMs).toBeGreaterThanOrEqual(heardMs);
            [done, heardMs] = [told.after, told.heardMs];
          }
          expect(done.ms).toBeLessThanOrEqual(Math.min(latest - START, SECONDS * 1000));
          expect(done.farthest).toBeLessThanOrEqual((latest - START) / 1000 + 1e-6);
          expect(done.position).toBeLessThanOrEqual(done.farthest + 3);
        }
      }),
    );
  });

  test('is all that an honest page says, every few seconds, and the lesson is complete in its own time', () => {
    let [heardMs, done] = [START, NOTHING];
    for (let at = 5; at <= SECONDS; at += 5) {
      const report = { ms: 5_000, position: at, heardMs, nowMs: START + at * 1000 + 300 };
      ({ after: done, heardMs } = takeReport(film, done, report, false));
    }
    expect(done).toEqual({ ms: SECONDS * 1000, position: SECONDS, farthest: SECONDS });
  });

  test('is nothing of the hours in which nothing was heard, but for a minute', () => {
    const nowMs = START + 10 * 3_600_000;
    const { after } = takeReport(film, NOTHING, { ms: 600_000, position: 60, heardMs: START, nowMs }, false);
    expect(after.ms).toBe(60_000);
  });

  test('winds a film back that was wound on, and gives no time for it; one that is complete may be wound', () => {
    const wound = { ms: 5_000, position: 90, heardMs: START, nowMs: START + 5_000 };
    const before = { ms: 10_000, position: 10, farthest: 10 };
    expect(takeReport(film, before, wound, false).after).toEqual(before);
    expect(takeReport(film, before, wound, true).after).toEqual({ ms: 15_000, position: 90, farthest: 90 });
  });
});
