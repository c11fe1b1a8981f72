import { EXAM, MOCK, PICTURE } from '../../authoring/bank.fixture.ts';
import { FILM, LEARNING, PACKAGE, PAPER, WITH_PACKAGE } from '../../authoring/course.fixture.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { LessonId } from '../../contract/words/ids.ts';
import { sha256, verifyProofFile } from '../../proof/index.ts';
import { assignmentOf, LI, WANG } from '../station.fixture.ts';
import { openBench } from './terminal.fixture.ts';

export type Bench = ReturnType<typeof openBench>;
export const [LESSON, PAGE, TEXT] = ['le_film', 'le_page', 'le_paper'].map((id) => LessonId.parse(id)) as [
  LessonId,
  LessonId,
  LessonId,
];
const REPORT_S = 5;

export const UNIT = LessonId.parse('le_package');

/** The course has a package in it. */
export const withPackage = () => withCourse({}, WITH_PACKAGE);

export const withCourse = (candidate: object = {}, course = LEARNING) =>
  openBench({
    assignment: assignmentOf({
      exams: [EXAM, MOCK, course],
      candidates: [{ ...WANG, courses: [LEARNING.id], ...candidate }, LI],
    }),
  });

export async function putMedia({ station: { media } }: Bench): Promise<void> {
  for (const bytes of [FILM, PAPER, PICTURE, PACKAGE])
    await media.receive({ hash: sha256(bytes), bytes: bytes.length }, 0, one(bytes));
}
async function* one(bytes: Uint8Array) {
  yield bytes;
}

/** Card, the choice of the course, consent and a look: then it begins. */
export async function study(bench: Bench): Promise<void> {
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
export async function watch(bench: Bench, lessonId: LessonId, seconds: number, from = 0): Promise<void> {
  for (let at = 0; at < seconds && bench.stage.stage === 'in-progress'; at += REPORT_S) {
    await bench.pass(REPORT_S * 1000);
    if (bench.stage.stage !== 'in-progress') return;
    await bench.call('lesson.report', { lessonId, seconds: REPORT_S, position: from + at + REPORT_S });
  }
}

export const lessonIn = ({ stage }: Bench, id: LessonId) => {
  const { learning } = stage as { learning?: { lessons: readonly { lessonId: LessonId; creditedMs: number }[] } };
  const lesson = learning?.lessons.find(({ lessonId }) => lessonId === id);
  if (!lesson) throw new Error(`no ${id} on the screen`);
  return lesson;
};
/** The newest record, and what `verify` makes of its proof file. */
export async function recordOf({ station: { outbox, identity } }: Bench) {
  const { stationId, certificate, centerKey } = identity.enrolment as NonNullable<typeof identity.enrolment>;
  await outbox.seal(stationId, identity.signer);
  const number = outbox.waiting().length;
  const proof = outbox.proofFile(number, certificate, centerKey) ?? '';
  const record = ExamRecord.parse(JSON.parse(proof).batch.records.at(-1));
  return { record, verified: await verifyProofFile(Buffer.from(proof), centerKey) };
}

/** The candidate ends it, and the result is on the screen. */
export async function ended(bench: Bench): Promise<void> {
  const handedIn = bench.call('hand-in', {});
  await bench.reaches('result', 8_000);
  await handedIn;
  await bench.pass(200);
}
