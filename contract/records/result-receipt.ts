import { z } from 'zod';
import { ExamId, Instant, Sha256, SittingId, StationId } from '../words/ids.ts';

/**
 * What a station signs for whoever sat an exam, to take along: which record there is of it, and the result in it. It names
 * nobody. The center's {@link Receipt} proves that a record is logged; this one proves what the station recorded. Frozen.
 */
export const ResultReceipt = z
  .strictObject({
    format: z.literal('exam-station/result-receipt@1'),
    stationId: StationId,
    sittingId: SittingId,
    /** SHA-256 of the record's canonical JSON. */
    recordHash: Sha256,
    examId: ExamId,
    mode: z.enum(['formal', 'mock', 'gate', 'learning']),
    /** The first half of SHA-256 over the candidate's id and the sitting's: tells candidates apart for whoever has the record. */
    candidate: z.string().regex(/^[0-9a-f]{32}$/),
    marks: z.number().min(0),
    passed: z.boolean(),
    submittedAt: Instant,
  })
  .readonly();
export type ResultReceipt = z.infer<typeof ResultReceipt>;
