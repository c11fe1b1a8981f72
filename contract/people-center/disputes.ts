import { z } from 'zod';
import { FindingCode, Verdict } from '../words/findings.ts';
import { CandidateId, ExamId, Instant, Sha256, SittingId, StationId } from '../words/ids.ts';

/** `stands`: the record counts, whatever was found. `void`: it does not, and uses up no attempt. */
export const Decision = z.enum(['stands', 'void']);
export type Decision = z.infer<typeof Decision>;

/** What somebody decides on a disputed record, and answers for. The newest decision counts; all are kept, and so is the dispute. */
export const SettleWish = z
  .object({
    sittingId: SittingId,
    decision: Decision,
    /** Who decides. */
    by: z.string().trim().min(1).max(100),
    /** Why. */
    note: z.string().trim().min(2).max(1_000),
  })
  .readonly();
export type SettleWish = z.infer<typeof SettleWish>;

/** A seed as `form reveal` at a station gives it: `SERIES/7`. Whoever knows a series knows the forms to come of it. */
export const RevealWish = z.object({ seed: z.string().min(3).max(200) }).readonly();
export type RevealWish = z.infer<typeof RevealWish>;
export const RevealReply = z.object({
  /** Records whose forms are of the series, and are judged again by it. */
  records: z.int(),
});
export type RevealReply = z.infer<typeof RevealReply>;

export const ListedFinding = z.object({ code: FindingCode, detail: z.string(), foundAt: Instant }).readonly();
export type ListedFinding = z.infer<typeof ListedFinding>;

const Settlement = z.object({ decision: Decision, by: z.string(), note: z.string(), at: Instant }).readonly();

/** A record that is disputed, or cannot be judged. */
export const ListedDispute = z
  .object({
    sittingId: SittingId,
    candidateId: CandidateId,
    examId: ExamId,
    stationId: StationId,
    batchId: Sha256,
    /** As the record says. */
    submittedAt: Instant,
    marks: z.number(),
    passed: z.boolean(),
    verdict: Verdict,
    findings: z.array(ListedFinding).readonly(),
    /** The newest last. */
    settlements: z.array(Settlement).readonly(),
  })
  .readonly();
export type ListedDispute = z.infer<typeof ListedDispute>;

/**
 * What a station signed that its chain has no place for. `rival`: another batch with the number of one that is logged.
 * `replaced`: one that says it stands in the place of a batch that the center never refused.
 */
export const ListedRival = z
  .object({
    stationId: StationId,
    kind: z.enum(['rival', 'replaced']),
    number: z.int(),
    id: Sha256,
    /** As it was signed. */
    header: z.string(),
    /** What it stands against: the batch that is logged, or the one it replaces. */
    againstId: Sha256.nullable(),
    against: z.string().nullable(),
    receivedAt: Instant,
  })
  .readonly();
export type ListedRival = z.infer<typeof ListedRival>;

/** A station's word about a sitting that is not its own to speak of. It was not obeyed. */
export const ListedStrayMove = z
  .object({
    stationId: StationId,
    sittingId: SittingId,
    kind: z.enum(['claim', 'rescue']),
    detail: z.string(),
    saidAt: Instant,
  })
  .readonly();
export type ListedStrayMove = z.infer<typeof ListedStrayMove>;

export const Disputes = z.object({
  /** Those that wait for a decision first, the newest first. */
  records: z.array(ListedDispute).readonly(),
  rivals: z.array(ListedRival).readonly(),
  moves: z.array(ListedStrayMove).readonly(),
});
export type Disputes = z.infer<typeof Disputes>;
