import { arrangementsOf } from '../../contract/words/arrangements.ts';
import { mustBeSatOn } from '../../contract/words/hosts.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { newIncidentId } from '../core/sitting/index.ts';
import type { Arriving } from './arriving.ts';
import { studiedBefore } from './course.ts';
import type { SittingDown } from './parts.ts';
import { hasAttemptLeft, mustBeGranted } from './sitter.ts';

/**
 * Opens the sitting of somebody on a roster: the one they had begun elsewhere, or a new one.
 * @throws Refusal `no-exam`, also where the items of what had begun are not here yet; `host-not-allowed`, `no-attempt-left`,
 * `grant-missing` where their firm may not use this station now
 */
export function sitDown(parts: SittingDown, arriving: Arriving): void {
  takeSeat(parts, arriving);
  const { camera } = parts.devices;
  // A camera that is not there asks nobody for consent; one that fails later says so itself.
  if (camera.state === 'failed') parts.seat.execute({ kind: 'refuse', reason: camera.reason ?? 'camera-missing' });
}

function takeSeat(parts: SittingDown, arriving: Arriving): void {
  const { seat, banks } = parts;
  const { candidate, grant, by, document, seated, begun, doubts = [] } = arriving;
  const roster = parts.roster.of(grant?.tenantId);
  const { assignment } = roster;
  if (!assignment) throw new Refusal('no-exam');
  mustBeGranted(parts, grant?.id);
  const firm = { tenantId: assignment.tenant.id, ...(grant ? { grant: grant.id } : {}) };
  const arrangements = arrangementsOf(candidate);
  const given = { ...(arrangements ? { arrangements } : {}), ...(seated ? { seated } : {}) };
  const doubted = doubts.length > 0 ? { doubts: doubts.map((reason) => ({ id: newIncidentId(), reason })) } : {};
  const who = { ...firm, identifiedBy: by, ...(document ? { document } : {}), ...given, ...doubted };
  if (begun) mustBeSatOn(begun.exam, parts.host);
  if (begun && !banks.has(begun.continues.form.bankId)) throw new Refusal('no-exam', 'its items are not here yet');
  // It goes on under the grant of this station, whatever it was under where it began.
  if (begun) return seat.open({ ...begun, ...who });
  const exam = roster.exam(arriving.examId ?? candidate.examId);
  mustBeSatOn(exam, parts.host);
  if (exam.mode !== 'learning' && !hasAttemptLeft(parts, arriving)) throw new Refusal('no-attempt-left');
  const before = studiedBefore(parts, exam, candidate, grant?.tenantId);
  seat.open({ ...who, candidateId: candidate.id, exam, ...(before ? { before } : {}) });
}
