import type { Assignment, SignedAssignment } from '../../contract/center-api.ts';
import { instant } from '../../contract/ids.ts';
import { sha256 } from '../../contract/proof/index.ts';
import type { Center } from '../center.ts';
import type { Station } from '../stations/stations.ts';
import { listCandidates } from './candidates.ts';
import { listExams } from './exams.ts';
import { listProctors, readTenant } from './tenants.ts';

/**
 * All that a station needs to run without the center, signed for this station alone. Candidates are read before exams:
 * exams are never removed, so no candidate is assigned to one that is not in the list.
 */
export async function assignmentFor(
  { db, signer, now }: Center,
  { id: stationId, tenantId }: Station,
): Promise<SignedAssignment> {
  const { id, name, visitorExamId } = await readTenant(db, tenantId);
  const candidates = await listCandidates(db, tenantId);
  const exams = await listExams(db, tenantId);
  const proctors = await listProctors(db, tenantId);
  const assignment: Assignment = {
    tenant: { id, name },
    issuedAt: instant(now()),
    exams,
    visitorExamId,
    candidates,
    proctors,
  };
  const text = JSON.stringify(assignment);
  return {
    assignment: text,
    signature: signer.sign('exam-station/assignment', { hash: sha256(text), stationId }),
  };
}
