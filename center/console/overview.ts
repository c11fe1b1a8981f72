import type { Overview } from '../../contract/people-center/operator-api.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { listExams } from '../exams/index.ts';
import { listCoursesWithHome } from '../home/index.ts';
import { listProctors } from '../people/index.ts';
import { listStations } from '../stations/index.ts';
import type { Operator } from '../tenants/index.ts';

/** What an operator has to name in commands. */
export async function overviewOf(actor: Operator, { db }: Center, tenantId: TenantId): Promise<Overview> {
  const exams = await listExams(actor, db, tenantId);
  const stations = await listStations(actor, db, tenantId);
  const proctors = await listProctors(actor, db, tenantId);
  return {
    learning: await listCoursesWithHome(actor, db, tenantId),
    exams: exams.flatMap(({ id, title, mode }) => (mode === 'learning' ? [] : [{ id, title, mode }])),
    stations: stations.map(({ id, name }) => ({ id, name })),
    proctors: proctors.map(({ id, name, number, role, badgeHash, pinHash }) => ({
      ...{ id, name, number, role: role ?? 'proctor' },
      ...{ badge: badgeHash !== null, pin: pinHash !== null },
    })),
  };
}
