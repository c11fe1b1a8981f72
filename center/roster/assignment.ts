import type { AssignedStation, Assignment, SignedAssignment } from '../../contract/station-center/center-api.ts';
import { instant, type TenantId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import type { Center } from '../center.ts';
import { listStations, type Station } from '../stations/stations.ts';
import { listCandidates } from './candidates.ts';
import { listExams } from './exams.ts';
import { listSessions } from './sessions.ts';
import { listProctors, readTenant } from './tenants.ts';

/** Signed for this station alone. */
export async function assignmentFor(center: Center, { id: stationId, tenantId }: Station): Promise<SignedAssignment> {
  const text = JSON.stringify(await assignmentOf(center, tenantId));
  return {
    assignment: text,
    signature: center.signer.sign('exam-station/assignment', { hash: sha256(text), stationId }),
  };
}

/**
 * All that a station needs to run without the center. Candidates are read before exams: exams are never removed, so no
 * candidate is assigned to one that is not in the list.
 */
export async function assignmentOf(center: Center, tenantId: TenantId): Promise<Assignment> {
  const { db, now } = center;
  const { id, name, visitorExamId } = await readTenant(db, tenantId);
  const candidates = await listCandidates(db, tenantId);
  const exams = await listExams(db, tenantId);
  const proctors = await listProctors(db, tenantId);
  const stations = (await listStations(db, tenantId)).map(toAssigned);
  const sessions = await listSessions(center, tenantId);
  const people = { candidates, proctors };
  return { tenant: { id, name }, issuedAt: instant(now()), exams, visitorExamId, ...people, stations, sessions };
}

const toAssigned = ({ id, name, publicKey }: Station): AssignedStation => ({ id, name, publicKey });
