import type { Statements, StatementsWish } from '../../contract/people-center/operator-api.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { listExams } from '../exams/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { studiedRecords } from '../results/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { statementsOf } from './xapi.ts';

/** So many records at a time; of each there are some statements. */
const MOST = 200;

/** What was studied, as xAPI statements: of so many records as one answer holds, and where to go on. */
export async function readStatements(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { home, names, after = -1 }: StatementsWish,
): Promise<Statements> {
  mustManage(actor, tenantId);
  const records = await studiedRecords(actor, db, tenantId, { after, most: MOST });
  const ids = records.map(({ record }) => record.candidateId);
  const people = names === 'true' ? await candidatesByIds(actor, db, tenantId, ids) : undefined;
  const courses = new Map((await listExams(actor, db, tenantId)).map(({ id, course }) => [id, course]));
  const statements = records.flatMap((studied) =>
    statementsOf(studied, {
      home: home.replace(/\/+$/, ''),
      name: people?.get(studied.record.candidateId)?.name,
      course: courses.get(studied.record.exam.id),
    }),
  );
  const last = records.at(-1)?.logIndex ?? null;
  return { statements: statements as Statements['statements'], next: records.length < MOST ? null : last };
}
