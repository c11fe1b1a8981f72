import type { SeenCourse } from '../../contract/platform/courses.ts';
import { type Course, courseSeconds, type Lesson } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { ExamId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Queries } from '../database/index.ts';
import { readExam } from '../exams/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** A course, lesson by lesson. @throws Refusal `no-exam` where there is none of this id */
export async function readCourse(actor: Reader, db: Queries, tenantId: TenantId, examId: ExamId): Promise<SeenCourse> {
  mustRead(actor, tenantId);
  const exam = await readExam(actor, db, tenantId, examId);
  if (!exam.course) throw new Refusal('no-exam', `${examId} is an exam and no course`);
  return seenCourse({ ...exam, course: exam.course });
}

export const seenCourse = ({ id, title, course, home }: Exam & { readonly course: Course }): SeenCourse => ({
  ...{ examId: id, title, seconds: courseSeconds(course), audience: course.audience ?? null },
  home: home === 'allowed',
  lessons: course.lessons.map((lesson) => ({
    ...{ id: lesson.id, kind: lesson.kind, title: lesson.title, seconds: lesson.seconds },
    ...{ bytes: bytesOf(lesson), count: countOf(lesson) },
  })),
});

function bytesOf(lesson: Lesson): number | null {
  if (lesson.kind === 'video') return lesson.sources[0]?.bytes ?? null;
  return lesson.kind === 'document' || lesson.kind === 'scorm' ? lesson.file.bytes : null;
}

function countOf(lesson: Lesson): number | null {
  if (lesson.kind === 'document') return lesson.pages;
  return lesson.kind === 'questions' ? lesson.items.length : null;
}
