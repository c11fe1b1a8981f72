import { z } from 'zod';
import type { AtHome, ListedCourse, ListedCourses } from '../../contract/people-center/operator-api.ts';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { listExams } from '../exams/index.ts';
import { listCourses, listStudies } from '../learning/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { isHomeCourse } from './at-home.ts';

const Row = z.object({ examId: ExamId, candidateId: CandidateId, complete: z.boolean() });

/** Courses with how many people study them, and beside that, never in it, how many do at home. */
export async function listCoursesWithHome(actor: Reader, db: Queries, tenantId: TenantId): Promise<ListedCourses> {
  mustRead(actor, tenantId);
  const { courses, people } = await listCourses(actor, db, tenantId);
  const allowed = new Set((await listExams(actor, db, tenantId)).filter(isHomeCourse).map(({ id }) => id));
  if (allowed.size === 0) return { courses, people };
  const of = await atHome(actor, db, tenantId);
  const withHome = (course: ListedCourse): ListedCourse =>
    allowed.has(course.examId) ? { ...course, atHome: of(course.examId) } : course;
  return { courses: courses.map(withHome), people };
}

/** Of those who are to study it now; who is not any more is in no column. */
async function atHome(actor: Reader, db: Queries, tenantId: TenantId): Promise<(examId: ExamId) => AtHome> {
  const sql = `SELECT exam_id AS "examId", candidate_id AS "candidateId", complete FROM home_studies WHERE tenant_id = $1`;
  const studies = await listStudies(actor, db, tenantId);
  const rows = (await select(db, Row, sql, [tenantId])).filter(
    ({ examId, candidateId }) => studies.get(candidateId)?.includes(examId) ?? false,
  );
  const each = Map.groupBy(rows, ({ examId }) => examId);
  return (examId) => {
    const begun = each.get(examId) ?? [];
    return { begun: begun.length, completed: begun.filter(({ complete }) => complete).length };
  };
}
