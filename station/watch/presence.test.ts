import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LEARNING } from '../../authoring/course.fixture.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { AT_EASE, aPerson } from '../run/eyes.fixture.ts';
import { lessonIn, PAGE, putMedia, study, TEXT, watch, withCourse } from '../run/learning.fixture.ts';
import { person, STRANGER, unusable, WANGS_FACE } from '../run/terminal.fixture.ts';
import { WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('presence', () => {
  it('of whoever leaves is not counted, and of whoever is back goes on', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    await watch(bench, PAGE, 10);
    bench.show(unusable('no-face'));
    // The page goes on saying that it plays, as long as it may.
    await watch(bench, PAGE, 60);
    await bench.reaches('paused');
    const { creditedMs } = lessonIn(bench, PAGE);
    expect(creditedMs).toBeLessThanOrEqual(10_000);
    bench.show(person(WANGS_FACE));
    await bench.reaches('in-progress');
    await bench.pass(3_000);
    expect(lessonIn(bench, PAGE).creditedMs).toBe(creditedMs);
    await watch(bench, PAGE, 45);
    expect(lessonIn(bench, PAGE)).toMatchObject({ creditedMs: 20_000, complete: true });
  });

  it('of a stand-in is an incident, stops the course, and counts for nobody', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    await bench.pass(3_000);
    bench.show(person(STRANGER));
    await watch(bench, PAGE, 60);
    expect(await bench.reaches('paused')).toMatchObject({ reason: 'mismatch', until: 'proctor' });
    expect(bench.incidents.map(({ reason }) => reason)).toEqual(['mismatch']);
    expect(lessonIn(bench, PAGE).creditedMs).toBe(0);
    expect(await refusalOf(bench.call('hand-in', {}))).toBe('not-allowed-now');
  });

  it('of whoever looks elsewhere is not counted until they look again', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    await watch(bench, TEXT, 5);
    bench.show({ ...unusable('face-turned'), signs: { ...AT_EASE, yaw: 60 } });
    await watch(bench, TEXT, 20);
    const away = bench.sitting.learning?.lessons.get(TEXT);
    expect(bench.incidents.map(({ reason }) => reason)).toContain('looking-away');
    expect(away?.creditedMs).toBeLessThanOrEqual(5_000);
    bench.show(aPerson(WANGS_FACE));
    // No look was due: that they look again is reason enough.
    await bench.pass(4_000);
    expect(bench.sitting.learning?.away).toBe(false);
    expect(bench.sitting.learning?.lessons.get(TEXT)?.creditedMs).toBe(away?.creditedMs);
  });

  it('until just before the end is looked at once more', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    // Past the first look, and long before the next.
    await bench.pass(4_000);
    await bench.call('lesson.report', { lessonId: PAGE, seconds: 4, position: 1 });
    const handedIn = bench.call('hand-in', {});
    await bench.reaches('result', 6_000);
    await handedIn;
    expect(bench.stage).toMatchObject({ learning: { complete: false, creditedMs: 4_000 } });
  });

  it('that nobody is there to confirm at the end is not counted', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    await bench.pass(4_000);
    await bench.call('lesson.report', { lessonId: PAGE, seconds: 4, position: 1 });
    bench.screen.camera = 'dark';
    const handedIn = bench.call('hand-in', {}).catch(() => undefined);
    await bench.pass(9_000);
    await handedIn;
    expect(bench.sitting.learning?.lessons.get(PAGE)?.creditedMs).toBe(0);
  });
});

it('whom a proctor let in by hand studies, and no time is counted', async () => {
  const bench = withCourse({ examId: ExamId.parse(LEARNING.id) });
  await putMedia(bench);
  await bench.pass(50);
  bench.station.terminal.cardRead(WANG.number);
  await bench.reaches('consenting');
  await bench.call('consent', { given: false, locale: 'zh' });
  await bench.reaches('refused');
  await bench.act({ kind: 'override', note: '看过证件', compared: ['photo', 'name'] });
  await bench.reaches('awaiting-unlock');
  expect(await refusalOf(bench.call('begin', {}))).toBe('not-allowed-now');
  await bench.act({ kind: 'unlock' });
  await bench.reaches('in-progress');
  await watch(bench, PAGE, 40);
  expect(lessonIn(bench, PAGE).creditedMs).toBe(0);
});
