import { Refusal } from '../../contract/reasons.ts';
import type { IdentifiedBy } from '../../contract/records.ts';
import type { Carried } from '../rescue/index.ts';
import type { Candidate } from '../roster/index.ts';
import type { Proctored } from '../sitting/index.ts';
import { mustNotBeAway } from './moving.ts';
import type { TerminalParts } from './parts.ts';

export type Arriving = {
  readonly candidate: Candidate;
  readonly by: IdentifiedBy;
  /** What they had begun at another station. */
  readonly begun?: Carried | undefined;
  /** Who let them sit at another seat than theirs. */
  readonly seated?: (Proctored & { readonly note: string }) | undefined;
};

/**
 * Opens the sitting of somebody on the roster.
 * @throws Refusal `no-exam`, `no-attempt-left`, `moved`
 */
export function sitDown(parts: TerminalParts, { candidate, by, begun, seated }: Arriving): void {
  const { seat, roster, outbox } = parts;
  const { assignment } = roster;
  if (!assignment) throw new Refusal('no-exam');
  const who = { tenantId: assignment.tenant.id, identifiedBy: by, ...(seated ? { seated } : {}) };
  if (begun) return seat.open({ ...who, ...begun });
  const exam = roster.exam(candidate.examId);
  mustNotBeAway(parts, candidate.id, exam.id);
  // What the center counted, and what it had not heard of when it counted.
  const used = candidate.attemptsUsed + outbox.attempts(candidate.id, exam.id, assignment.issuedAt);
  if (used >= exam.attempts) throw new Refusal('no-attempt-left');
  seat.open({ ...who, candidateId: candidate.id, exam });
}
