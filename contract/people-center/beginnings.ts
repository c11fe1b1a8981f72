import { z } from 'zod';
import { CandidateId, ExamId, Instant, SittingId, StationId } from '../words/ids.ts';

/** An exam that counts and began at a station. */
export const ListedBeginning = z
  .object({
    sittingId: SittingId,
    stationId: StationId,
    candidateId: CandidateId,
    examId: ExamId,
    askedAt: Instant,
    /** When its station said last that it runs. */
    heardAt: Instant,
    /** What the center knew that spoke against it; it began all the same, because the center could not be asked. */
    against: z.enum(['sits-elsewhere', 'attempts-used']).nullable(),
    releasedBy: z.string().nullable(),
    releasedNote: z.string().nullable(),
  })
  .readonly();
export type ListedBeginning = z.infer<typeof ListedBeginning>;

/** Those that came to no record, or began against what the center knew, the newest first. */
export const Beginnings = z.object({ beginnings: z.array(ListedBeginning).readonly() });
export type Beginnings = z.infer<typeof Beginnings>;

/** Somebody answers for it that such an exam holds nobody any more, and uses up no attempt. */
export const ReleaseWish = z
  .object({
    sittingId: SittingId,
    by: z.string().trim().min(1).max(100),
    note: z.string().trim().min(2).max(1_000),
  })
  .readonly();
export type ReleaseWish = z.infer<typeof ReleaseWish>;
