import { coversExam } from '../../contract/records/grants.ts';
import type { AdmissionSlip } from '../../contract/words/admission-slip.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { verifySlip } from '../../proof/index.ts';
import type { Candidate } from '../keep/roster/index.ts';
import type { CardSaid } from './card-check.ts';
import { arrive, type Identifying, makeWay } from './identify.ts';
import type { Sitter } from './sitter.ts';

/**
 * The code of an admission slip names somebody, as a card or a number does: it says whom the center signed up, and not who holds
 * it. All of it is checked here, without a network.
 * @param cardOf what the last card said, where it was the card with this number: a slip settles nothing that the card left open
 * @throws Refusal `slip-invalid`, `slip-other-room`, `slip-expired`, `slip-withdrawn`, `slip-not-now`, `slip-not-taken`,
 * `slip-used`, and as `identify`
 */
export function identifyBySlip(
  parts: Identifying,
  code: string,
  cardOf: (number: string) => CardSaid | undefined,
): void {
  makeWay(parts);
  const slip = openSlip(parts, code);
  const sitter = sitterOf(parts, slip);
  if (!sitter) throw new Refusal('not-on-roster');
  mustStand(sitter.candidate, slip);
  const exam = parts.roster.of(sitter.grant?.tenantId).exam(slip.examId);
  if (exam.slips !== 'allowed') throw new Refusal('slip-not-taken', exam.id);
  if (wasSat(parts, slip)) throw new Refusal('slip-used', slip.turnId);
  arrive(parts, sitter, [exam], { by: 'slip', card: cardOf(sitter.candidate.number) });
}

/** Signed by this center, for this room, and not over. */
function openSlip({ identity, roster, clock }: Identifying, code: string): AdmissionSlip {
  const { centerKeys } = identity;
  if (!centerKeys) throw new Refusal('slip-invalid', 'this station knows no center');
  const opened = verifySlip(code, centerKeys);
  if (!opened.ok) throw new Refusal(opened.reason, opened.detail);
  const { slip } = opened;
  if (slip.room !== roster.assignment?.tenant.id) throw new Refusal('slip-other-room', slip.turnId);
  if (slip.until <= clock.wall()) throw new Refusal('slip-expired', slip.until);
  return slip;
}

/** Whoever is meant, as this room or a guest of it has them on its roster. */
function sitterOf({ roster, grants, clock }: Identifying, slip: AdmissionSlip): Sitter | undefined {
  const { tenantId, candidateId, examId } = slip;
  if (tenantId === slip.room) {
    const candidate = roster.find(candidateId);
    return candidate && { candidate };
  }
  const grant = grants.running(clock.wall()).find((one) => one.tenantId === tenantId && coversExam(one, examId));
  const candidate = grant && roster.of(tenantId).find(candidateId);
  return candidate && { candidate, grant };
}

/** By what the center said last: it may have cancelled the turn since, or taken them off it. */
function mustStand({ turns = [], examId }: Candidate, slip: AdmissionSlip): void {
  if (!turns.includes(slip.turnId)) throw new Refusal('slip-withdrawn', slip.turnId);
  // Whoever comes to several turns comes to the first of them first.
  if (examId !== slip.examId) throw new Refusal('slip-not-now', slip.turnId);
}

/** Whether they have handed in at this turn here; what they sat elsewhere the center knows, which is asked before anything begins. */
function wasSat({ outbox }: Identifying, { tenantId, candidateId, examId, begins }: AdmissionSlip): boolean {
  const of = { tenant: tenantId, candidate: candidateId, exam: examId };
  return outbox.attempts(of, begins).some((sitting) => (outbox.recordOf(sitting)?.submittedAt ?? '') >= begins);
}
