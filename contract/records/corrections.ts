import { z } from 'zod';
import { Instant, Sha256, SittingId, TenantId } from '../words/ids.ts';

/** Why a result is corrected. One of these words only: the reasons of people stay with the center. */
export const CORRECTION_CAUSES = ['appeal', 'marking', 'identity', 'procedure', 'other'] as const;
export const CorrectionCause = z.enum(CORRECTION_CAUSES);
export type CorrectionCause = z.infer<typeof CorrectionCause>;

/**
 * That a result counts otherwise from then on than its record says. A JWS of type `exam-station/correction` by the center, whose
 * hash is in the log; the record stays as it was signed. The newest of a record counts. Frozen: what a later one says otherwise is
 * an `@2`.
 */
export const Correction = z
  .strictObject({
    format: z.literal('exam-station/correction@1'),
    tenantId: TenantId,
    sittingId: SittingId,
    /** SHA-256 of the record's canonical JSON. */
    recordHash: Sha256,
    /** Counts the corrections of this record, from 1. */
    number: z.int().min(1),
    marks: z.number().min(0),
    passed: z.boolean(),
    cause: CorrectionCause,
    at: Instant,
  })
  .readonly();
export type Correction = z.infer<typeof Correction>;
