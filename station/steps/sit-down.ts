import type { IdentifiedBy } from '../../contract/records/index.ts';
import { mustBeSatOn } from '../../contract/words/hosts.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Proctored } from '../core/sitting/index.ts';
import type { Carried } from '../keep/moves/index.ts';
import type { Candidate } from '../keep/roster/index.ts';
import type { SittingDown } from './parts.ts';

export type Arriving = {
  readonly candidate: Candidate;
  readonly by: IdentifiedBy;
  /** What they had begun elsewhere. */
  readonly begun?: Carried | undefined;
  /** Who let them sit here. */
  readonly seated?: (Proctored & { readonly note: string }) | undefined;
};

/**
 * Opens the sitting of somebody on the roster: the one they had begun elsewhere, or a new one.
 * @throws Refusal `no-exam`, also where the items of what had begun are not here yet; `host-not-allowed`, `no-attempt-left`
 */
export function sitDown(parts: SittingDown, { candidate, by, seated, begun }: Arriving): void {
  const { seat, roster, outbox, banks } = parts;
  const { assignment } = roster;
  if (!assignment) throw new Refusal('no-exam');
  const who = { tenantId: assignment.tenant.id, identifiedBy: by, ...(seated ? { seated } : {}) };
  if (begun) mustBeSatOn(begun.exam, parts.host);
  if (begun && !banks.has(begun.continues.form.bankId)) throw new Refusal('no-exam', 'its items are not here yet');
  if (begun) return seat.open({ ...who, ...begun });
  const exam = roster.exam(candidate.examId);
  mustBeSatOn(exam, parts.host);
  // What the center counted, and what it had not heard of when it counted.
  const used =
    candidate.attemptsUsed +
    outbox.attempts({ tenant: assignment.tenant.id, candidate: candidate.id, exam: exam.id }, assignment.issuedAt);
  if (used >= exam.attempts) throw new Refusal('no-attempt-left');
  seat.open({ ...who, candidateId: candidate.id, exam });
}
