import { describe, expect, it } from 'vitest';
import { LessonId } from '../../../contract/words/ids.ts';
import type { PackageSaid } from '../../../contract/words/scorm.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { isCourseComplete, lessonsOf, replay, SittingEvent } from './index.ts';
import { FILM, FORM, hear, note, open, PAGE, PAPER, study } from './learning.fixture.ts';
import { type Heard, heard } from './package-heard.ts';
import { answer, openSeated, PROCTOR, SAMPLES } from './sitting.fixture.ts';

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

  it('that was not reported when it was is not made up for later', () => {
    const { station, look, seconds, watch } = open();
    station.clock.advance(60_000);
    station.seat.execute(study(PAGE, 1));
    station.seat.execute(study(PAGE, 10));
    look();
    // But for the two seconds by which clocks may tick apart.
    expect(seconds(PAGE)).toBe(3);
    watch(PAGE, 5);
    look();
    expect(seconds(PAGE)).toBe(8);
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

  it('that pends when a feed turns out to be false is not counted either', () => {
    const { station, watch, look, seconds } = open();
    watch(PAGE, 5);
    station.seat.execute(note('camera-virtual'));
    look();
    expect(seconds(PAGE)).toBe(0);
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

describe('a package', () => {
  const PACKAGE = LessonId.parse('le_package');
  const opened = (before?: Parameters<typeof open>[0]) => open({ packaged: true, ...before });

  it('is complete when its time was there and it says so, whichever comes first', () => {
    const first = opened();
    first.station.seat.execute(hear({ status: 'completed', score: 80 }));
    expect(first.of(PACKAGE)).toMatchObject({ complete: false, said: { status: 'completed', score: 80 } });
    for (let n = 0; n < 3; n++) first.watch(PACKAGE, 9);
    expect(first.of(PACKAGE).complete).toBe(false);
    first.look();
    expect(first.of(PACKAGE)).toMatchObject({ complete: true, totalMs: 20_000 });
    const second = opened();
    for (let n = 0; n < 3; n++) second.watch(PACKAGE, 9);
    second.look();
    for (const status of ['incomplete', 'failed'] as const) {
      second.station.seat.execute(hear({ status }));
      expect([status, second.of(PACKAGE).complete]).toEqual([status, false]);
    }
    second.station.seat.execute(hear({ status: 'passed' }));
    expect(second.of(PACKAGE).complete).toBe(true);
  });

  it('gains no time by what it says, and changes nothing of other lessons', () => {
    const { station, of, look } = opened();
    station.clock.advance(60_000);
    const before = [FILM, PAGE, PAPER].map(of);
    station.seat.execute(hear({ status: 'passed', score: 100 }));
    look();
    expect(of(PACKAGE).totalMs).toBe(0);
    expect([FILM, PAGE, PAPER].map(of)).toEqual(before);
  });

  it('that is looked at again loses nothing, and what says nothing new is not written down', () => {
    const { station, of } = opened();
    station.seat.execute(hear({ status: 'passed', score: 70 }));
    const { hash } = station.ledger.head();
    for (const said of [{ status: 'incomplete' }, { status: 'completed', score: 20 }, { status: 'passed' }] as const)
      station.seat.execute(hear(said));
    expect(station.ledger.head().hash).toBe(hash);
    station.seat.execute(hear({ status: 'incomplete', score: 75 }));
    expect(of(PACKAGE).said).toEqual({ status: 'passed', score: 75 });
  });

  it('that fails what it asks after all was seen is not done, whatever it says after that', () => {
    const { station, of, watch, look } = opened();
    for (let n = 0; n < 3; n++) watch(PACKAGE, 9);
    look();
    const says = (opening: string, status: PackageSaid['status'], score?: number) => {
      station.seat.execute(hear({ status, ...(score === undefined ? {} : { score }) }, { opening }));
      const { said, complete } = of(PACKAGE);
      return { ...said, complete };
    };
    expect(says('po_1', 'failed', 40)).toEqual({ status: 'failed', score: 40, complete: false });
    // Opened again: slides, then the quiz.
    expect(says('po_2', 'completed')).toEqual({ status: 'completed', score: 40, complete: true });
    expect(says('po_2', 'failed', 30)).toEqual({ status: 'failed', score: 40, complete: false });
    expect(says('po_2', 'completed', 30).complete).toBe(false);
    // Failed as before, and then said to be completed: the first of it is written down as well.
    expect(says('po_3', 'failed').complete).toBe(false);
    expect(says('po_3', 'completed').complete).toBe(false);
    expect(says('po_4', 'completed').complete).toBe(true);
    // What an opening came to stands; passed is passed.
    expect(says('po_5', 'failed').complete).toBe(true);
    expect(says('po_6', 'failed').status).toBe('completed');
    expect(says('po_6', 'passed', 90)).toEqual({ status: 'passed', score: 90, complete: true });
    const replayed = replay(station.ledger.ofSitting(station.sitting.id));
    expect(replayed && lessonsOf(replayed).find(({ lesson }) => lesson.id === PACKAGE)).toEqual(of(PACKAGE));
  });

  it('is heard as ever from events that name no opening', () => {
    const said = ['completed', 'failed'] as const;
    const best = said.reduce<Heard>((so, status) => heard(so, { said: { status } }), {});
    expect(best).toEqual({ said: { status: 'completed' } });
    expect(SittingEvent.parse({ type: 'package-said', lessonId: PACKAGE, said: { status: 'failed' } })).toEqual({
      ...{ type: 'package-said', lessonId: PACKAGE, said: { status: 'failed' } },
    });
  });

  it('that was done in a sitting before needs no more than the rest of its time', () => {
    const said = { status: 'completed', score: 90 } as const;
    const before = { lessons: [{ lessonId: PACKAGE, seconds: 15, complete: false, said }], answers: [] };
    const { watch, look, of } = opened({ before });
    watch(PACKAGE, 5);
    look();
    expect(of(PACKAGE)).toMatchObject({ complete: true, said });
  });

  it('is the only lesson that may say so', () => {
    const { station } = opened();
    for (const id of [FILM, LessonId.parse('le_none')])
      expect(reasonOf(() => station.seat.execute(hear({ status: 'passed' }, { lessonId: id })))).toBe('lesson-unknown');
    expect(reasonOf(() => openSeated('in-progress').seat.execute(hear({ status: 'passed' })))).toBe('not-allowed-now');
  });
});
