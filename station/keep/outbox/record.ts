import type { markForm } from '../../../authoring/marking/index.ts';
import { ExamRecord, type Origin, recordFormatFor } from '../../../contract/records/index.ts';
import { fullMarks } from '../../../contract/words/blueprint.ts';
import { courseItems } from '../../../contract/words/course.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { GrantId, Sha256, StationId } from '../../../contract/words/ids.ts';
import { hashOf } from '../../../proof/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import { activeMs, isCourseComplete, lessonsOf, type Sitting } from '../../core/sitting/index.ts';

/** What judges here: version of the program, id of the model manifest, hash of the thresholds. */
export type Basis = { readonly version: string; readonly models: string; readonly calibration: Sha256 };

/** Writes a graded sitting as the record that is signed and kept. */
export function makeRecord(source: {
  readonly sitting: Sitting;
  readonly exam: Exam;
  readonly stationId: StationId;
  readonly marked: ReturnType<typeof markForm>;
  readonly basis: Basis;
  readonly ledger: { readonly sequence: number; readonly hash: Sha256 };
  readonly clock: Clock;
}): ExamRecord {
  const { sitting, exam, stationId, marked, ledger, clock } = source;
  const { identity, incidents, decisions } = sitting;
  if (!identity) throw new Error('a sitting that nobody was let into has no record');
  const { bankId, bankHash, blueprintHash, seed, formHash } = sitting.form ?? {};
  const known = {
    ...{ ...originOf(sitting), ...hostsOf(sitting), ...grantOf(sitting), ...learningOf(sitting) },
    ...backgroundOf(sitting, source.basis),
    ...(sitting.document ? { document: sitting.document } : {}),
  };
  return ExamRecord.parse({
    format: recordFormatFor({ identity, incidents, decisions, answers: marked.items, ...known }),
    stationId,
    tenantId: sitting.tenantId,
    sittingId: sitting.id,
    candidateId: sitting.candidateId,
    exam: { id: exam.id, title: exam.title, mode: exam.mode },
    form: { bankId, bankHash, blueprintHash, seed, formHash },
    identifiedBy: sitting.identifiedBy,
    identity,
    startedAt: sitting.startedAt,
    submittedAt: sitting.submittedAt,
    cause: sitting.submitCause,
    activeMs: activeMs(sitting.clock, clock.boot, clock.monotonic()),
    marks: marked.marks,
    fullMarks: exam.course ? courseItems(exam.course).length : fullMarks(exam.blueprint),
    passMarks: exam.passMarks,
    passed: hasPassed(sitting, marked.marks),
    answers: marked.items,
    incidents,
    decisions,
    ...known,
    ledger: { sequence: ledger.sequence, head: ledger.hash },
  });
}

/** A course is passed with marks enough and every lesson complete, anything else with marks enough. */
export const hasPassed = (sitting: Sitting, marks: number): boolean =>
  marks >= sitting.exam.passMarks && isCourseComplete(sitting);

/** How a course was studied. */
function learningOf(sitting: Sitting) {
  const { course } = sitting.exam;
  if (!course) return {};
  const lessons = lessonsOf(sitting).map(({ lesson, creditedMs, totalMs, complete }) => ({
    ...{ lessonId: lesson.id, seconds: Math.floor(creditedMs / 1000), total: Math.floor(totalMs / 1000), complete },
  }));
  const complete = isCourseComplete(sitting);
  return { learning: { courseId: course.id, courseHash: hashOf(course), lessons, complete } };
}

/** How it came about; of what counts for nothing, and of what began before anybody wrote that down, nothing. */
function backgroundOf({ exam, background, pictures }: Sitting, { version, models, calibration }: Basis) {
  const { begun, reference, failed, jumps, boots, token = null, claim = 'unasked' } = background;
  if (!begun || (exam.mode !== 'formal' && exam.mode !== 'gate')) return {};
  const checkIn = pictures.get('check-in');
  return {
    basis: { program: { name: PROGRAM, version }, models: background.models ?? models, calibration },
    faces: { reference, ...(checkIn ? { checkIn } : {}), failed },
    time: { lower: begun.lower, token, jumps, boots, began: begun.line },
    claim: exam.mode === 'formal' ? claim : ('none' as const),
  };
}

const PROGRAM = 'exam-station';

/** Nothing where it is not known from the beginning on: part of it would pass for all. */
const hostsOf = ({ hosts }: Sitting): Pick<ExamRecord, 'hosts'> => (hosts?.length ? { hosts } : {});

/** Of whose station it is, nothing: their grant stands. */
const grantOf = ({ grant }: Sitting): { readonly grant?: GrantId } => (grant ? { grant } : {});

function originOf({ continues }: Sitting): { readonly continues: Origin } | Record<string, never> {
  if (!continues) return {};
  const { from, sitting, root, ledger } = continues;
  return { continues: { stationId: from, sittingId: sitting, root, ledger } };
}
