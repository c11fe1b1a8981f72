import { z } from 'zod';
import { CandidateId, ExamId, Instant, TenantId, TurnId } from './ids.ts';

/** What an admission slip begins with: no other code of this program does. */
export const SLIP_MARK = 'EXA1:';
/** More than any slip has letters. */
const LONGEST = 1_000;
export const SlipCode = z.string().startsWith(SLIP_MARK).max(LONGEST);

/**
 * What the code on an admission slip (准考证) says: that somebody is signed up for a turn. It says who is meant, by ids and no name,
 * and never who holds it.
 */
export const AdmissionSlip = z
  .object({
    format: z.literal('exam-station/admission-slip@1'),
    turnId: TurnId,
    /** Whose candidate it is. */
    tenantId: TenantId,
    candidateId: CandidateId,
    examId: ExamId,
    /** Who keeps the room: stations of others are in another one. */
    room: TenantId,
    issuedAt: Instant,
    /** Of the turn: what was handed in since then was sat by this slip. */
    begins: Instant,
    /** It admits nobody from then on. */
    until: Instant,
  })
  .readonly();
export type AdmissionSlip = z.infer<typeof AdmissionSlip>;

/** Whether it may stand in for the card. Where nothing is said it may not. */
export const SlipPolicy = z.literal('allowed');
