import type { Stage } from '../../contract/page/view.ts';
import { arrangementsOf } from '../../contract/words/arrangements.ts';
import { courseSeconds } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { whoIs } from '../keep/roster/index.ts';
import { type Chooser, type Studying, studiedBefore } from '../steps/index.ts';

type Choosing = Extract<Stage, { stage: 'choosing' }>;

/** What somebody may do here, to choose among. */
export function choosingView(parts: Studying, chooser: Chooser): Choosing {
  const { ticket, candidate, exams } = chooser;
  const arrangements = arrangementsOf(candidate);
  return {
    stage: 'choosing',
    ticket,
    // The screen is theirs from here on.
    who: { ...whoIs(candidate), ...(arrangements ? { arrangements } : {}) },
    choices: exams.map((exam) => choiceOf(parts, chooser, exam)),
  };
}

function choiceOf(parts: Studying, { candidate, grant }: Chooser, exam: Exam): Choosing['choices'][number] {
  const { id, title, mode, course, durationSeconds } = exam;
  if (!course) {
    const minutes = Math.round(durationSeconds / 60) + (candidate.extraMinutes ?? 0);
    return { examId: id, title, mode, minutes };
  }
  const before = studiedBefore(parts, exam, candidate, grant?.tenantId);
  const done = new Map(before?.lessons.map((lesson) => [lesson.lessonId, lesson]));
  const seconds = course.lessons.reduce((sum, lesson) => {
    const { complete = false, seconds: so = 0 } = done.get(lesson.id) ?? {};
    return sum + (complete ? lesson.seconds : Math.min(so, lesson.seconds));
  }, 0);
  const of = courseSeconds(course);
  return { examId: id, title, mode, minutes: Math.ceil(of / 60), progress: { seconds, of } };
}
