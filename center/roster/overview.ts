import type { Overview } from '../../contract/people-center/operator-api.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { listStations } from '../stations/stations.ts';
import { listExams } from './exams.ts';
import { listProctors } from './tenants.ts';

/** What an operator has to name in commands. */
export async function overviewOf(db: Queries, tenantId: TenantId): Promise<Overview> {
  const exams = await listExams(db, tenantId);
  const stations = await listStations(db, tenantId);
  const proctors = await listProctors(db, tenantId);
  return {
    exams: exams.map(({ id, title, mode }) => ({ id, title, mode })),
    stations: stations.map(({ id, name }) => ({ id, name })),
    proctors: proctors.map(({ id, name, role = 'proctor', badgeHash }) => ({
      id,
      name,
      role,
      badge: badgeHash !== undefined,
    })),
  };
}
