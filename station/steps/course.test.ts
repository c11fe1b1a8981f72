import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BANK } from '../../authoring/bank.fixture.ts';
import { COURSE, LEARNING } from '../../authoring/course.fixture.ts';
import { ItemId } from '../../contract/words/ids.ts';
import { hashOf } from '../../proof/index.ts';
import { replay } from '../core/sitting/index.ts';
import {
  ended,
  LESSON,
  lessonIn,
  PAGE,
  putMedia,
  recordOf,
  study,
  TEXT,
  watch,
  withCourse,
} from '../run/learning.fixture.ts';
import { keyOf, wrongOf } from '../run/terminal.fixture.ts';
import { WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a course that is taken up again', () => {
  it('after the power was gone has what was credited, and waits for the same face', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    await watch(bench, LESSON, 35);
    const before = bench.sitting.learning?.lessons.get(LESSON);
    await bench.restart();
    expect(bench.sitting.learning?.lessons.get(LESSON)).toMatchObject({
      ...{ creditedMs: before?.creditedMs, pendingMs: 0 },
      farthest: before?.seenTo,
    });
    await bench.reaches('in-progress');
    await watch(bench, LESSON, 15, before?.seenTo);
    await ended(bench);
    expect(bench.sitting.learning?.lessons.get(LESSON)?.creditedMs).toBeGreaterThan(before?.creditedMs ?? 0);
    expect(replay(bench.station.ledger.ofSitting(bench.sitting.id))).toEqual(bench.sitting);
  });

  it('in a new sitting goes on where it was, until it is complete and its record says so', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    await watch(bench, LESSON, 30);
    await watch(bench, PAGE, 20);
    const { items } = await bench.call('form', {});
    const [first, second, third] = items as [(typeof items)[0], (typeof items)[0], (typeof items)[0]];
    for (const [at, { itemId }] of [first, second].entries()) {
      await bench.call('answer', { itemId, chosen: [...keyOf(itemId)], revision: at + 1 });
      // An exam that counts draws from the same bank.
      expect(await bench.call('check', { itemId })).toEqual({ itemId, right: true, rightOptions: [] });
    }
    await bench.call('answer', { itemId: third.itemId, chosen: [...wrongOf(third)], revision: 1 });
    expect(await bench.call('check', { itemId: third.itemId })).toMatchObject({ right: false });
    await ended(bench);
    const half = await recordOf(bench);
    expect(half.verified.ok).toBe(true);
    expect(half.record).toMatchObject({
      ...{ format: 'exam-station/record@9', exam: { mode: 'learning' }, passed: false, marks: 2, fullMarks: 3 },
      form: { bankId: BANK.id },
      learning: { courseId: COURSE.id, courseHash: hashOf(COURSE), complete: false },
    });
    await bench.call('leave', {});
    await bench.restart();

    await study(bench);
    const before = bench.sitting.before;
    const film = before?.lessons.find(({ lessonId }) => lessonId === LESSON);
    expect(film?.seconds).toBeGreaterThanOrEqual(25);
    // What was right is answered; what was wrong is asked again.
    const again = await bench.call('form', {});
    expect(again.answers.map(({ itemId }) => itemId).toSorted()).toEqual([first.itemId, second.itemId].toSorted());
    await bench.call('answer', { itemId: third.itemId, chosen: [...keyOf(third.itemId)], revision: 1 });
    await bench.call('check', { itemId: third.itemId });
    await watch(bench, LESSON, 35, film?.position);
    await watch(bench, TEXT, 25);
    await ended(bench);
    expect(bench.stage).toMatchObject({ passed: true, marks: 3, learning: { complete: true } });
    const { record, verified } = await recordOf(bench);
    expect(verified.ok).toBe(true);
    expect(record).toMatchObject({ passed: true, marks: 3, learning: { complete: true } });
    const { learning } = record as Extract<typeof record, { format: 'exam-station/record@8' }>;
    const said = learning?.lessons.find(({ lessonId }) => lessonId === LESSON);
    expect(said?.total).toBe((film?.seconds ?? 0) + (said?.seconds ?? 0));
  });

  it('goes on from what the center knows of other stations', async () => {
    const items = COURSE.lessons.flatMap((lesson) => (lesson.kind === 'questions' ? lesson.items : []));
    const progress = [
      {
        examId: LEARNING.id,
        lessons: [{ lessonId: LESSON, seconds: 50, complete: false }],
        answers: [items[0], ItemId.parse('it_of-another-edition')],
      },
    ];
    const bench = withCourse({ progress });
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    const { choices } = await bench.reaches('choosing');
    expect(choices[1]).toMatchObject({ progress: { seconds: 50, of: 160 } });
    await bench.call('leave', {});
    await study(bench);
    expect(lessonIn(bench, LESSON).creditedMs).toBe(50_000);
    const { answers } = await bench.call('form', {});
    expect(answers).toMatchObject([{ itemId: items[0], chosen: keyOf(items[0] as ItemId), feedback: { right: true } }]);
  });
});
