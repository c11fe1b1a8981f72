import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaptureOutcome } from '../../../contract/words/exam.ts';
import type { LessonId } from '../../../contract/words/ids.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import { replay } from './index.ts';
import { FILM, note, open, PAGE, PAPER, study } from './learning.fixture.ts';
import { PROCTOR, SAMPLES } from './sitting.fixture.ts';

/** What may happen, in any order. */
type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'report'; readonly lesson: number; readonly seconds: number; readonly position: number }
  | { readonly kind: 'look'; readonly outcome: CaptureOutcome }
  | { readonly kind: 'note'; readonly reason: Reason }
  | { readonly kind: 'pause' | 'power-cut' };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 20_000 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      ...{ lesson: fc.nat(2), seconds: fc.integer({ min: 0, max: 30 }), position: fc.nat(70) },
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('look' as const),
      outcome: fc.constantFrom<CaptureOutcome>('match', 'match', 'match', 'no-face', 'mismatch', 'uncertain'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('note' as const),
      reason: fc.constantFrom<Reason>('looking-away', 'phone-seen'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pause' as const, 'power-cut' as const) }) },
);

it('whatever the page says and the camera sees, nobody is credited more than they were there', () => {
  let credited = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), (steps) => {
      const { station, look, of } = open();
      const total = (): number => [FILM, PAGE, PAPER].reduce((sum, id) => sum + of(id).creditedMs, 0);
      // Exam time between a look that found the face and the next, with nothing but that between them.
      let [together, since, unbroken] = [0, 0, true];
      for (const one of steps) {
        const before = { total: total(), farthest: of(FILM).farthest, active: station.sitting.clock.activeMs };
        if (one.kind === 'wait') station.clock.advance(one.ms);
        if (one.kind === 'power-cut') station.restart();
        if (station.sitting.stage === 'in-progress') {
          const id = [FILM, PAGE, PAPER][one.kind === 'report' ? one.lesson : 0] as LessonId;
          if (one.kind === 'report') station.seat.execute(study(id, one.seconds, one.position));
          if (one.kind === 'note') station.seat.execute(note(one.reason));
          if (one.kind === 'pause') station.seat.execute(SAMPLES.pause);
        } else station.seat.execute({ kind: 'resume', by: PROCTOR });
        if (one.kind === 'look' && station.sitting.stage === 'in-progress') look(one.outcome);
        const { stage, clock } = station.sitting;
        const found = one.kind === 'look' && one.outcome === 'match' && stage === 'in-progress';
        if (found) [together, since] = [together + (unbroken ? clock.activeMs - since : 0), clock.activeMs];
        const broke =
          stage !== 'in-progress' ||
          (one.kind === 'look' && !found) ||
          (one.kind === 'note' && one.reason !== 'phone-seen');
        unbroken = found || (unbroken && !broke);
        expect(total()).toBeLessThanOrEqual(Math.min(together, clock.activeMs));
        if (!found) expect(total()).toBe(before.total);
        for (const id of [FILM, PAGE, PAPER])
          expect(of(id).creditedMs).toBeLessThanOrEqual(of(id).lesson.seconds * 1000);
        // Nobody sees more of a film than there was time for.
        expect(of(FILM).farthest * 1000).toBeLessThanOrEqual(clock.activeMs);
        expect(replay(station.ledger.ofSitting(station.sitting.id))).toEqual(station.sitting);
      }
      credited += total();
    }),
    { numRuns: 300 },
  );
  // Walks in which nothing is credited prove nothing.
  expect(credited).toBeGreaterThan(100_000);
});
