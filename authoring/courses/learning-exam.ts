import type { BlueprintRow } from '../../contract/words/blueprint.ts';
import { type Course, courseItems, courseSeconds } from '../../contract/words/course.ts';
import { type Exam, USUAL_RECAPTURE } from '../../contract/words/exam.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { type Bank, ITEM_KINDS } from '../../contract/words/items.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { type ExamPolicy, underPolicy } from '../../contract/words/policy.ts';

/** Part of the answers that must be right, where nobody says. */
const PASS = 0.8;
const [LEAST_MINUTES, MOST_MINUTES] = [30, 480];

/** Of each kind so many as the course asks, a mark each: nothing is drawn. */
function courseRows(course: Course, bank: Bank): readonly BlueprintRow[] {
  const asked = new Set(courseItems(course));
  const kinds = bank.items.filter(({ id }) => asked.has(id)).map(({ kind }) => kind);
  return ITEM_KINDS.map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length, marks: 1 })).filter(
    ({ count }) => count > 0,
  );
}

/** An exam has a row; of a course that asks nothing nobody looks at it. */
const NOTHING_ASKED: readonly BlueprintRow[] = [{ kind: 'single', count: 1, marks: 1 }];

/**
 * The exam that a course is: it may be come back to as often as anybody likes, and one sitting may take three times what it
 * asks for.
 * @throws ZodError where the policy makes no sense
 */
export function learningExam(course: Course, bank: Bank, title: Localized, policy: ExamPolicy = {}): Exam {
  const rows = courseRows(course, bank);
  const marks = rows.reduce((sum, { count }) => sum + count, 0);
  const minutes = Math.ceil((3 * courseSeconds(course)) / 60);
  const exam: Exam = {
    id: examIdOf(course),
    title,
    mode: 'learning',
    course,
    bankId: bank.id,
    blueprint: { rows: rows.length > 0 ? rows : NOTHING_ASKED },
    durationSeconds: Math.min(MOST_MINUTES, Math.max(LEAST_MINUTES, minutes)) * 60,
    passMarks: Math.ceil(marks * PASS),
    attempts: 99,
    recapture: USUAL_RECAPTURE,
    liveness: 'passive',
  };
  return underPolicy(exam, policy, marks);
}

/** The same course is the same exam, whatever has changed in it. */
const examIdOf = ({ id }: Course): ExamId => ExamId.parse(`ex_learn-${id.slice('co_'.length)}`);
