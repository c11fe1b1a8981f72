import type { ExamId, TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { isCourse } from './courses.ts';
import { giveCourse } from './studies.ts';

/** Whose exam is a course studies it, and counts among those who do. Given again, nothing changes. */
export async function giveCoursesSat(
  actor: Manager,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  sit: readonly { readonly number: string; readonly examId: ExamId }[],
): Promise<void> {
  mustManage(actor, tenantId);
  for (const [examId, people] of Map.groupBy(sit, (one) => one.examId))
    if (await isCourse(actor, db, tenantId, examId)) {
      const numbers = people.map(({ number }) => number);
      await giveCourse(actor, db, tenantId, { examId, whom: { by: 'numbers', numbers } }, now());
    }
}
