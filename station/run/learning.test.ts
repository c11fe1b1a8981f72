import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BANK, EXAM, MOCK, PICTURE } from '../../authoring/bank.fixture.ts';
import { COURSE, FILM, LEARNING, PAPER } from '../../authoring/course.fixture.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { ExamId, ItemId, LessonId } from '../../contract/words/ids.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { hashOf, sha256, verifyProofFile } from '../../proof/index.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { assignmentOf, LI, WANG } from '../station.fixture.ts';
import { AT_EASE, aPerson } from './eyes.fixture.ts';
import { IDLE, keyOf, openBench, person, STRANGER, unusable, WANGS_FACE, wrongOf } from './terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Bench = ReturnType<typeof openBench>;
const [LESSON, PAGE, TEXT] = ['le_film', 'le_page', 'le_paper'].map((id) => LessonId.parse(id)) as [
  LessonId,
  LessonId,
  LessonId,
];
const REPORT_S = 5;

const withCourse = (candidate: object = {}) =>
  openBench({
    assignment: assignmentOf({
      exams: [EXAM, MOCK, LEARNING],
      candidates: [{ ...WANG, courses: [LEARNING.id], ...candidate }, LI],
    }),
  });

async function putMedia({ station: { media } }: Bench): Promise<void> {
  for (const bytes of [FILM, PAPER, PICTURE])
    await media.receive({ hash: sha256(bytes), bytes: bytes.length }, 0, one(bytes));
}
async function* one(bytes: Uint8Array) {
  yield bytes;
}

/** Card, the choice of the course, consent and a look: then it begins. */
async function study(bench: Bench): Promise<void> {
  await bench.pass(50);
  bench.station.terminal.cardRead(WANG.number);
  const { ticket } = await bench.reaches('choosing');
  await bench.call('choose', { ticket, examId: LEARNING.id });
  await bench.reaches('consenting');
  await bench.call('consent', { given: true, locale: 'zh' });
  await bench.reaches('awaiting-unlock');
  await bench.call('begin', {});
  await bench.reaches('in-progress');
}

/** A lesson is on the screen for so long, and the page says so every few seconds. */
async function watch(bench: Bench, lessonId: LessonId, seconds: number, from = 0): Promise<void> {
  for (let at = 0; at < seconds && bench.stage.stage === 'in-progress'; at += REPORT_S) {
    await bench.pass(REPORT_S * 1000);
    if (bench.stage.stage !== 'in-progress') return;
    await bench.call('lesson.report', { lessonId, seconds: REPORT_S, position: from + at + REPORT_S });
  }
}

const lessonIn = ({ stage }: Bench, id: LessonId) => {
  const { learning } = stage as { learning?: { lessons: readonly { lessonId: LessonId; creditedMs: number }[] } };
  const lesson = learning?.lessons.find(({ lessonId }) => lessonId === id);
  if (!lesson) throw new Error(`no ${id} on the screen`);
  return lesson;
};
/** The newest record, and what `verify` makes of its proof file. */
async function recordOf({ station: { outbox, identity } }: Bench) {
  const { stationId, certificate, centerKey } = identity.enrolment as NonNullable<typeof identity.enrolment>;
  await outbox.seal(stationId, identity.signer);
  const number = outbox.waiting().length;
  const proof = outbox.proofFile(number, certificate, centerKey) ?? '';
  const record = ExamRecord.parse(JSON.parse(proof).batch.records.at(-1));
  return { record, verified: await verifyProofFile(Buffer.from(proof), centerKey) };
}

describe('whoever has a course besides an exam', () => {
  it('is asked what to do, and may sit either', async () => {
    const bench = withCourse();
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    const { ticket, who, choices } = await bench.reaches('choosing');
    expect(who.name).toBe(WANG.name);
    expect(choices).toEqual([
      { examId: EXAM.id, title: EXAM.title, mode: 'formal', minutes: 10 },
      {
        ...{ examId: LEARNING.id, title: LEARNING.title, mode: 'learning' },
        minutes: 3,
        progress: { seconds: 0, of: 160 },
      },
    ]);
    expect(await refusalOf(bench.call('choose', { ticket: ticket + 1, examId: EXAM.id }))).toBe('not-allowed-now');
    expect(await refusalOf(bench.call('choose', { ticket, examId: MOCK.id }))).toBe('no-exam');
    await bench.call('choose', { ticket, examId: EXAM.id });
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { mode: 'formal' } });
    expect(await refusalOf(bench.call('choose', { ticket, examId: LEARNING.id }))).toBe('not-allowed-now');
  });

  it('leaves no name on the screen', async () => {
    const bench = withCourse();
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('choosing');
    await bench.call('leave', {});
    expect(bench.stage).toEqual(IDLE);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('choosing');
    await bench.pass(121_000);
    expect(bench.stage).toEqual(IDLE);
  });

  it('makes room for the next card', async () => {
    const bench = withCourse();
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('choosing');
    bench.station.terminal.cardRead(LI.number);
    expect(await bench.reaches('consenting')).toMatchObject({ who: { name: LI.name } });
  });

  it('and no attempt left goes to the course', async () => {
    const bench = withCourse({ attemptsUsed: 2 });
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { id: LEARNING.id, items: 3, fullMarks: 3 } });
  });

  it('whose seat for the exam is another one still studies where they are, once the exam is over', async () => {
    const bench = openBench({
      place: SeatLabel.parse('2-2'),
      assignment: assignmentOf({
        exams: [EXAM, MOCK, LEARNING],
        candidates: [
          { ...WANG, courses: [LEARNING.id], seat: '1-1', attemptsUsed: 2 },
          { ...LI, seat: '1-1' },
        ],
      }),
    });
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { id: LEARNING.id } });
    await bench.call('leave', {});
    bench.station.terminal.cardRead(LI.number);
    await bench.pass(100);
    expect(bench.stage).toMatchObject({ notice: 'other-seat' });
  });
});

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

  it('that stands still for long is handed in, as nobody may be near who would do it', async () => {
    const bench = withCourse();
    await putMedia(bench);
    await study(bench);
    bench.show(unusable('no-face'));
    await bench.reaches('paused');
    // A picture of the incident is kept meanwhile, from where on it is counted.
    await bench.pass(620_000);
    expect(bench.stage).toMatchObject({ stage: 'result', cause: 'time-up' });
  });
});

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
      expect(await bench.call('check', { itemId })).toMatchObject({ right: true, rightOptions: keyOf(itemId) });
    }
    await bench.call('answer', { itemId: third.itemId, chosen: [...wrongOf(third)], revision: 1 });
    expect(await bench.call('check', { itemId: third.itemId })).toMatchObject({ right: false });
    await ended(bench);
    const half = await recordOf(bench);
    expect(half.verified.ok).toBe(true);
    expect(half.record).toMatchObject({
      ...{ format: 'exam-station/record@8', exam: { mode: 'learning' }, passed: false, marks: 2, fullMarks: 3 },
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

/** The candidate ends it, and the result is on the screen. */
async function ended(bench: Bench): Promise<void> {
  const handedIn = bench.call('hand-in', {});
  await bench.reaches('result', 8_000);
  await handedIn;
  await bench.pass(200);
}
