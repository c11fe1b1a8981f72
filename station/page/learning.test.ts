import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PICTURE } from '../../authoring/bank.fixture.ts';
import { COURSE, FILM, PAPER } from '../../authoring/course.fixture.ts';
import { PackageOpeningId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import {
  LESSON,
  lessonIn,
  PAGE,
  putMedia,
  study,
  UNIT,
  watch,
  withCourse,
  withPackage,
} from '../run/learning.fixture.ts';
import { IDLE, openBench, unusable } from '../run/terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a course', () => {
  it('is shown without a key, and says which of its files are here', async () => {
    const bench = withCourse();
    await study(bench);
    expect(await bench.call('course', {})).toEqual({ course: COURSE, here: [] });
    expect(lessonIn(bench, LESSON)).toMatchObject({ missing: true });
    const report = { lessonId: LESSON, seconds: 1, position: 1 };
    expect(await refusalOf(bench.call('lesson.report', report))).toBe('media-missing');
    await putMedia(bench);
    const { here } = await bench.call('course', {});
    expect(here).toEqual([FILM, PAPER, PICTURE].map(sha256));
    const { base64 } = await bench.call('picture', { hash: sha256(PICTURE) });
    expect(Buffer.from(base64, 'base64')).toEqual(PICTURE);
    expect(await bench.call('lesson.report', report)).toEqual({ position: 1, farthest: expect.any(Number) });
    const said = bench.said.filter((line) => typeof line === 'string').join('');
    expect(said).not.toContain('"key"');
  });

  it('is of no use to an exam', async () => {
    const bench = openBench();
    await bench.begin();
    expect(await refusalOf(bench.call('course', {}))).toBe('not-allowed-now');
  });

  it('counts what a look confirms, and a film cannot be wound on', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    await watch(bench, LESSON, 35);
    expect(lessonIn(bench, LESSON).creditedMs).toBeGreaterThan(0);
    const { position, farthest } = await bench.call('lesson.report', { lessonId: LESSON, seconds: 0, position: 59 });
    expect(position).toBe(farthest);
    expect(position).toBeLessThanOrEqual(36);
  });

  it('that nobody begins leaves no name on the screen', async () => {
    const bench = withCourse({ attemptsUsed: 2 });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    // A picture that is kept meanwhile begins the wait anew.
    await bench.reaches('idle', 900_000);
    expect(bench.stage).toEqual(IDLE);
  });

  it('that stands still for long is handed in, as nobody may be near who would do it', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    bench.show(unusable('no-face'));
    await bench.reaches('paused');
    expect(await bench.reaches('result', 1_800_000)).toMatchObject({ cause: 'time-up' });
  });

  it('that is reported of is shown anew only where something came of it', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    // Past the first look; the next comes after twenty seconds.
    await bench.pass(4_000);
    const views = () => bench.said.filter((line) => typeof line === 'string' && line.includes('"view"')).length;
    const before = views();
    await watch(bench, PAGE, 10);
    expect(views()).toBe(before);
    await watch(bench, PAGE, 30);
    expect(views()).toBeGreaterThan(before);
    expect(lessonIn(bench, PAGE).creditedMs).toBeGreaterThan(0);
  });
});

describe('a package', () => {
  const STATE = { location: 'p3', suspendData: '看到第三页' };
  const report = {
    lessonId: UNIT,
    opening: PackageOpeningId.parse('po_1'),
    said: { status: 'completed' as const, score: 80 },
    state: STATE,
  };

  it('says how far it is, which counts no time, and finds again what it left', async () => {
    const bench = withPackage();
    await putMedia(bench);
    await study(bench);
    expect(await bench.call('package.resume', { lessonId: UNIT })).toEqual({});
    await bench.call('package.report', report);
    await bench.pass(50);
    expect(lessonIn(bench, UNIT)).toMatchObject({ said: report.said, creditedMs: 0, complete: false });
    expect(await bench.call('package.resume', { lessonId: UNIT })).toEqual({ state: STATE });
    // Also somebody who comes back another day.
    await bench.call('hand-in', {});
    await bench.reaches('result', 30_000);
    await bench.call('leave', {});
    await study(bench);
    expect(await bench.call('package.resume', { lessonId: UNIT })).toEqual({ state: STATE });
    expect(lessonIn(bench, UNIT)).toMatchObject({ said: report.said });
  });

  it('leaves nothing in the ledger of what it keeps', async () => {
    const bench = withPackage();
    await putMedia(bench);
    await study(bench);
    await bench.call('package.report', report);
    const { database } = bench.station;
    const [{ sealed } = { sealed: Buffer.alloc(0) }] = database.prepare('SELECT sealed FROM package_states').all() as {
      sealed: Buffer;
    }[];
    expect(sealed.length).toBeGreaterThan(0);
    expect(sealed.includes(Buffer.from(STATE.suspendData))).toBe(false);
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    const rows = tables.map(({ name }) => JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all()));
    expect(rows.join('')).not.toContain(STATE.suspendData);
    expect(rows.join('')).toContain('package-said');
  });

  it('is the only lesson that is asked, and not while nobody studies', async () => {
    const bench = withPackage();
    await putMedia(bench);
    await study(bench);
    expect(await refusalOf(bench.call('package.report', { ...report, lessonId: PAGE }))).toBe('lesson-unknown');
    expect(await refusalOf(bench.call('package.resume', { lessonId: LESSON }))).toBe('lesson-unknown');
    const large = { ...report, state: { ...STATE, suspendData: 'x'.repeat(65_537) } };
    expect(await refusalOf(bench.call('package.report', large))).toBe('bad-message');
    bench.show(unusable('no-face'));
    await bench.reaches('paused');
    expect(await refusalOf(bench.call('package.report', report))).toBe('not-allowed-now');
    expect(await bench.call('package.resume', { lessonId: UNIT })).toEqual({});
  });
});
