import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANK } from '../../../authoring/bank.fixture.ts';
import { COURSE, LEARNING } from '../../../authoring/course.fixture.ts';
import { courseForm } from '../../../authoring/drawing/index.ts';
import type { CaptureOutcome } from '../../../contract/words/exam.ts';
import { LessonId } from '../../../contract/words/ids.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import type { Command } from './command.ts';
import { type Before, isCourseComplete, lessonsOf, newIncidentId, replay } from './index.ts';
import { answer, judge, openSeated, PROCTOR, SAMPLES, WHO } from './sitting.fixture.ts';

const FORM = courseForm(BANK, { ...LEARNING, course: COURSE }, 'a course');
const [FILM, PAGE, PAPER] = ['le_film', 'le_page', 'le_paper'].map((id) => LessonId.parse(id)) as [
  LessonId,
  LessonId,
  LessonId,
];
const unlock: Command = { kind: 'unlock', by: 'candidate', form: FORM, durationMs: 3_600_000, host: 'kiosk' };
const study = (lessonId: LessonId, seconds: number, position = 0): Command => ({
  ...{ kind: 'study', lessonId, position },
  ms: seconds * 1000,
});
const note = (reason: Reason, quiet = false): Command => ({
  ...{ kind: 'note', reason, quiet },
  incidentId: newIncidentId(),
});

/** A course that is being studied, by somebody the camera knows or a proctor let in. */
function open({ before, overridden = false }: { before?: Before; overridden?: boolean } = {}) {
  const station = openSeated();
  station.seat.open({ ...WHO, exam: LEARNING, ...(before ? { before } : {}) });
  station.seat.execute(SAMPLES.consent);
  const known = overridden ? [SAMPLES.refuse, SAMPLES.override] : [SAMPLES.judge];
  for (const command of [...known, unlock]) station.seat.execute(command);
  const of = (id: LessonId) => {
    const lesson = lessonsOf(station.sitting).find((one) => one.lesson.id === id);
    if (!lesson) throw new Error(`no lesson ${id}`);
    return lesson;
  };
  return {
    station,
    of,
    /** So many seconds pass, and the page reports them. */
    watch(id: LessonId, seconds: number, position = 0) {
      station.clock.advance(seconds * 1000);
      station.seat.execute(study(id, seconds, position));
    },
    look: (outcome: CaptureOutcome = 'match') => station.seat.execute(judge(outcome)),
    seconds: (id: LessonId) => of(id).creditedMs / 1000,
  };
}

describe('presence', () => {
  it('is credited once a look has found the same face, and pends until then', () => {
    const { watch, look, of, seconds } = open();
    watch(PAGE, 5);
    expect([seconds(PAGE), of(PAGE).pendingMs]).toEqual([0, 5_000]);
    look();
    expect([seconds(PAGE), of(PAGE).pendingMs]).toEqual([5, 0]);
  });

  it('is never more than the exam clock ran', () => {
    const { station, look, seconds, watch } = open();
    watch(PAGE, 4);
    station.seat.execute(study(PAGE, 10));
    look();
    expect(seconds(PAGE)).toBe(4);
  });

  it('is never more than the lesson has', () => {
    const { watch, look, seconds, of } = open();
    for (let n = 0; n < 5; n++) watch(PAGE, 9);
    look();
    expect([seconds(PAGE), of(PAGE).complete]).toEqual([20, true]);
    watch(PAPER, 3);
    look();
    expect(seconds(PAPER)).toBe(3);
  });

  it.each(['no-face', 'mismatch', 'several-faces', 'not-live', 'uncertain'] as const)(
    'before a look that finds %s is nobody’s',
    (outcome) => {
      const { station, watch, look, seconds } = open();
      watch(PAGE, 5);
      look();
      watch(PAGE, 5);
      look(outcome);
      if (station.sitting.stage === 'locked') station.seat.execute({ kind: 'resume', by: PROCTOR });
      look();
      expect(seconds(PAGE)).toBe(5);
      expect(station.sitting.stage).toBe('in-progress');
    },
  );

  it.each([
    ['a look elsewhere', note('looking-away')],
    ['eyes that were closed, by a policy that only notes it', note('eyes-closed', true)],
    ['a covered camera', note('camera-covered')],
    ['a proctor who paused', SAMPLES.pause],
    ['a camera that is gone', SAMPLES.interrupt],
  ])('does not go on through %s until a look has found the face again', (_, command) => {
    const { station, watch, look, seconds } = open();
    watch(PAGE, 5);
    station.seat.execute(command);
    if (station.sitting.stage !== 'in-progress') station.seat.execute({ kind: 'resume', by: PROCTOR });
    watch(PAGE, 5);
    look();
    expect(seconds(PAGE)).toBe(0);
    watch(PAGE, 5);
    look();
    expect(seconds(PAGE)).toBe(5);
  });

  it('is not lost by what is no news of the face', () => {
    const { station, watch, look, seconds } = open();
    watch(PAGE, 5);
    station.seat.execute(note('phone-seen'));
    look();
    expect(seconds(PAGE)).toBe(5);
  });

  it('of whom a proctor let in by hand is not counted: nobody knows the face', () => {
    const { watch, look, seconds, of } = open({ overridden: true });
    watch(FILM, 5, 40);
    look();
    expect([seconds(FILM), of(FILM).position]).toEqual([0, 40]);
  });

  it('before a false feed is not counted, unless a proctor dismissed it', () => {
    const { station, watch, look, seconds } = open();
    station.seat.execute(note('feed-looped'));
    watch(PAGE, 5);
    look();
    expect(seconds(PAGE)).toBe(0);
    const [incident] = station.sitting.incidents;
    station.seat.execute({
      ...{ kind: 'review', verdict: 'dismissed', by: PROCTOR, note: '看过了' },
      incidentId: incident?.id as NonNullable<typeof incident>['id'],
    });
    watch(PAGE, 5);
    look();
    expect(seconds(PAGE)).toBe(5);
  });

  it('that pends when the power goes is lost, and what was credited is not', () => {
    const { station, watch, look, seconds, of } = open();
    watch(FILM, 10, 10);
    look();
    watch(FILM, 10, 20);
    station.restart();
    expect(of(FILM)).toMatchObject({ creditedMs: 10_000, pendingMs: 0, farthest: 10 });
    look();
    watch(FILM, 5, 15);
    look();
    expect(seconds(FILM)).toBe(15);
  });
});

describe('a film', () => {
  it('is wound back as one likes, and on only to where it was seen', () => {
    const { watch, of } = open();
    watch(FILM, 10, 10);
    watch(FILM, 5, 40);
    expect(of(FILM)).toMatchObject({ position: 10, farthest: 10, pendingMs: 10_000 });
    watch(FILM, 5, 4);
    expect(of(FILM)).toMatchObject({ position: 4, farthest: 10 });
    watch(FILM, 5, 9);
    expect(of(FILM)).toMatchObject({ position: 9, farthest: 10, pendingMs: 20_000 });
  });

  it('cannot be crept through by what is forgiven', () => {
    const { watch, of } = open();
    for (let at = 1; at < 30; at++) watch(FILM, 1, 3 * at);
    expect(of(FILM).farthest).toBeLessThan(30);
  });

  it('goes back to where it was last seen for certain when the face was gone', () => {
    const { watch, look, of } = open();
    watch(FILM, 10, 10);
    look();
    watch(FILM, 10, 20);
    look('no-face');
    look();
    expect(of(FILM).farthest).toBe(10);
    watch(FILM, 1, 21);
    expect(of(FILM).position).toBe(10);
  });

  it('that is complete may be wound anywhere', () => {
    const before = { lessons: [{ lessonId: FILM, seconds: 57, complete: true }], answers: [] };
    const { watch, of } = open({ before });
    watch(FILM, 1, 55);
    expect(of(FILM)).toMatchObject({ position: 55, complete: true });
  });
});

describe('a course', () => {
  it('goes on where it stood before', () => {
    const { watch, look, of } = open({
      before: { lessons: [{ lessonId: FILM, seconds: 50, position: 48, complete: false }], answers: [] },
    });
    expect(of(FILM)).toMatchObject({ position: 48, farthest: 48, totalMs: 50_000, complete: false });
    watch(FILM, 8, 56);
    look();
    expect(of(FILM)).toMatchObject({ creditedMs: 8_000, totalMs: 58_000, complete: true });
  });

  it('is complete with all lessons, questions told among them', () => {
    const { station, watch, look } = open();
    for (const [id, seconds] of [[FILM, 57] as const, [PAGE, 20] as const, [PAPER, 20] as const])
      watch(id, seconds, seconds);
    look();
    expect(isCourseComplete(station.sitting)).toBe(false);
    for (const { itemId, options } of FORM.items) {
      station.seat.execute(answer(itemId, options.slice(0, 1), 1));
      station.seat.execute({ kind: 'check', itemId });
    }
    expect(isCourseComplete(station.sitting)).toBe(true);
  });

  it('has what was answered rightly before as answered and told', () => {
    const [item] = FORM.items;
    if (!item) throw new Error('a course without items');
    const chosen = item.options.slice(0, 1);
    const { station } = open({ before: { lessons: [], answers: [{ itemId: item.itemId, chosen }] } });
    expect(station.sitting.answers.get(item.itemId)).toEqual({ chosen, revision: 1 });
    expect(station.sitting.checked).toEqual(new Set([item.itemId]));
  });

  it('has no other lessons, and an exam that counts has none', () => {
    const { station } = open();
    expect(reasonOf(() => station.seat.execute(study(LessonId.parse('le_other'), 1)))).toBe('lesson-unknown');
    const formal = openSeated('in-progress');
    expect(reasonOf(() => formal.seat.execute(study(FILM, 1)))).toBe('not-allowed-now');
  });
});

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
