import { z } from 'zod';
import type { ListedCourse, ListedCourses, PutExam } from '../../contract/people-center/operator-api.ts';
import { courseSeconds, mediaOf } from '../../contract/words/course.ts';
import { ExamId, instant, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { inTransaction, type Queries, select } from '../database/index.ts';
import { listExams, putExam } from '../exams/index.ts';
import { type Manager, type Member, mustActFor, mustManage, mustRead, type Reader } from '../tenants/index.ts';
import { mustHaveMedia } from './media.ts';
import { NOBODY, participation } from './participation.ts';

/**
 * Puts a course with its bank into the tenant's hands, in place of what had its id: who studied it has studied what bears the
 * same lessons' ids.
 * @throws Refusal `media-missing`, and whatever `putExam` refuses
 */
export async function putCourse(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  put: PutExam,
  now: Date,
): Promise<void> {
  mustManage(actor, tenantId);
  const { course, id } = put.exam;
  if (!course) throw new Refusal('bad-message', `${id} is an exam and no course`);
  await inTransaction(db, async (tx) => {
    await mustHaveMedia(tx, tenantId, mediaOf(course));
    await putExam(actor, tx, tenantId, put);
    await tx.query(
      `INSERT INTO courses (tenant_id, exam_id, put_at) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, exam_id) DO UPDATE SET put_at = excluded.put_at`,
      [tenantId, id, now.toISOString()],
    );
    await noteDone(actor, tx, { tenantId, what: 'course-put', subject: { kind: 'exam', id } });
  });
}

const Row = z.object({ examId: ExamId, putAt: z.date() });

/** Courses with how many people study them. */
export async function listCourses(actor: Reader, db: Queries, tenantId: TenantId): Promise<ListedCourses> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    'SELECT exam_id AS "examId", put_at AS "putAt" FROM courses WHERE tenant_id = $1',
    [tenantId],
  );
  const putAt = new Map(rows.map((row) => [row.examId, row.putAt]));
  const { each, all } = await participation(db, tenantId);
  const courses = (await listExams(actor, db, tenantId)).flatMap(({ id, title, course }): ListedCourse[] => {
    const at = putAt.get(id);
    if (!course || !at) return [];
    const { audience, lessons } = course;
    return [
      {
        ...{ examId: id, title, lessons: lessons.length, seconds: courseSeconds(course), putAt: instant(at) },
        ...(audience ? { audience } : {}),
        people: each.get(id) ?? NOBODY,
      },
    ];
  });
  return { courses, people: all };
}

/** Whether an exam of this tenant is a course. */
export async function isCourse(actor: Member, db: Queries, tenantId: TenantId, examId: ExamId): Promise<boolean> {
  mustActFor(actor, tenantId);
  const rows = await db.query('SELECT 1 FROM courses WHERE tenant_id = $1 AND exam_id = $2', [tenantId, examId]);
  return rows.length > 0;
}
