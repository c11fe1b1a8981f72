import { z } from 'zod';
import { ExamId, GrantId, Instant, StationId, TenantId } from '../words/ids.ts';

/**
 * That a firm may use a station of another one: which of its exams are sat there, from when and until when. A JWS of type
 * `exam-station/grant` by the center. Frozen: what a later one says otherwise is an `@2`.
 *
 * Whose station it is needs none: a certificate is a standing grant of every exam, from its own `issuedAt` on, without an end.
 */
export const Grant = z
  .strictObject({
    format: z.literal('exam-station/grant@1'),
    id: GrantId,
    stationId: StationId,
    /** Who may use it. */
    tenantId: TenantId,
    exams: z.union([z.literal('all'), z.array(ExamId).min(1).max(100).readonly()]),
    from: Instant,
    /** Not this moment any more. */
    until: Instant,
  })
  .readonly();
export type Grant = z.infer<typeof Grant>;

export const coversExam = ({ exams }: Pick<Grant, 'exams'>, exam: ExamId): boolean =>
  exams === 'all' || exams.includes(exam);

/** Whether an exam may begin under it at this moment. */
export const runsAt = ({ from, until }: Pick<Grant, 'from' | 'until'>, at: Instant): boolean =>
  from <= at && at < until;
