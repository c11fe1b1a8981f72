import { randomBytes } from 'node:crypto';
import { commitmentTo, courseForm, type DrawnForm, drawForm, seedOf } from '../../authoring/drawing/index.ts';
import { markForm, rightAnswerTo } from '../../authoring/marking/index.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import type { EnrolReply } from '../../contract/station-center/center-api.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import { courseItems } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Given } from '../../contract/words/form.ts';
import { instant } from '../../contract/words/ids.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import { hashOf, sha256 } from '../../proof/index.ts';

export type Sat = {
  readonly exam: Exam;
  readonly bank: Bank;
  readonly candidateId?: string;
  readonly proctor?: string;
  /** How many of the answers are right; all where nothing is said. */
  readonly right?: number;
  /** Which of the sittings of its station. */
  readonly nth: number;
  /** When it was handed in. */
  readonly at: Date;
  readonly changes?: Partial<Record<keyof ExamRecord | 'learning' | 'grant', unknown>>;
};

/** Like a station's: one series for all of them. */
const SERIES = 'a'.repeat(32);
const MINUTE_MS = 60_000;

/** A record as a station writes it of an exam that the center has. Of a course all is studied, in one sitting. */
export function soundRecordOf(station: EnrolReply, sat: Sat): ExamRecord {
  const { exam, bank, nth, at, candidateId = 'cd_demo-1', proctor = 'pr_demo-1', changes = {} } = sat;
  const { course } = exam;
  const seed = course
    ? sha256(`${station.stationId} ${nth}`).slice(0, 32)
    : seedOf({ series: station.stationId + SERIES, serial: nth });
  const form = course ? courseForm(bank, { ...exam, course }, seed) : drawForm(bank, exam.blueprint, seed);
  const { marks, items } = marked(form, sat);
  const startedAt = instant(new Date(at.getTime() - 10 * MINUTE_MS));
  const unlocked = exam.mode === 'formal' ? [{ action: 'unlocked', by: proctor, at: startedAt }] : [];
  return ExamRecord.parse({
    format: formatOf(sat, items),
    ...{ stationId: station.stationId, tenantId: station.tenantId },
    sittingId: `si_${randomBytes(8).toString('hex')}`,
    candidateId,
    exam: { id: exam.id, title: exam.title, mode: exam.mode },
    form: {
      ...{ bankId: bank.id, bankHash: bank.hash, blueprintHash: hashOf(exam.blueprint), formHash: form.formHash },
      seed: course ? seed : commitmentTo(seed),
    },
    identifiedBy: 'card',
    identity: { how: 'verified', similarity: 0.71, live: 0.98, calibration: 'test' },
    startedAt,
    submittedAt: instant(at),
    cause: 'handed-in',
    activeMs: 9 * MINUTE_MS,
    marks,
    fullMarks: course ? courseItems(course).length : fullMarks(exam.blueprint),
    passMarks: exam.passMarks,
    passed: marks >= exam.passMarks,
    answers: items,
    incidents: [],
    decisions: unlocked,
    hosts: ['kiosk'],
    ...(course ? { learning: studiedOf(exam) } : {}),
    ledger: { sequence: 100 * (nth + 1), head: sha256(`${nth}`) },
    ...changes,
  });
}

/** As old as it may be. */
function formatOf({ exam }: Sat, answers: readonly Given[]): ExamRecord['format'] {
  if (answers.some(({ gaps, pairs }) => gaps ?? pairs)) return 'exam-station/record@10';
  return exam.course ? 'exam-station/record@8' : 'exam-station/record@6';
}

function marked(form: DrawnForm, { bank, exam, right = form.items.length }: Sat) {
  const itemOf = new Map(bank.items.map((item) => [item.id, item]));
  const rank = new Map(form.items.map(({ itemId }, at) => [itemId, at]));
  const keyOf = (id: Item['id']): Item => itemOf.get(id) as Item;
  return markForm(
    form.items,
    (id) => ((rank.get(id) ?? 0) < right ? rightAnswerTo(keyOf(id)) : { chosen: [] }),
    keyOf,
    exam.blueprint.scoring,
  );
}

function studiedOf({ course }: Exam) {
  const lessons = (course?.lessons ?? []).map(({ id, seconds }) => ({
    lessonId: id,
    seconds,
    total: seconds,
    complete: true,
  }));
  return { courseId: course?.id, courseHash: hashOf(course), lessons, complete: true };
}
