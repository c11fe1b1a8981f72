import { z } from 'zod';
import { AssignedCandidate, MAX_PHOTOS } from '../station-center/center-api.ts';
import { Arrangements, RegisteredArrangements } from '../words/arrangements.ts';
import { AskedDay } from '../words/asked-times.ts';
import { TypedIdNumber } from '../words/id-number.ts';
import { CandidateId, ExamId } from '../words/ids.ts';
import { SeatLabel } from '../words/seat-label.ts';

export const PutCandidate = AssignedCandidate.unwrap()
  .omit({ photos: true, attemptsUsed: true, seat: true, arrangements: true, courses: true, progress: true })
  /** Without them, who is changed keeps theirs. */
  .extend({
    /** With the kind of document before it where its form does not tell: `passport:E12345678`. */
    number: TypedIdNumber,
    photos: z.array(z.base64().max(8_000_000)).max(MAX_PHOTOS).readonly().optional(),
    /** What they do, in which sector, of which category of personnel: whom a course is meant for. Who is changed keeps theirs. */
    post: z.string().trim().min(1).max(100).optional(),
    sector: z.string().trim().min(1).max(100).optional(),
    category: z.string().trim().min(1).max(100).optional(),
    /** The id is made of the number, and nobody new gets it: whose number it is, the name must bear out (`candidate-other`). */
    idFromNumber: z.boolean().optional(),
    /** Whoever has this number was called otherwise so far. */
    rename: z.boolean().optional(),
  });
export type PutCandidate = z.infer<typeof PutCandidate>;
/** Under which id they are there: the one they had before, where somebody put them in by another. */
export const PutCandidateReply = z.object({
  ok: z.literal(true),
  id: CandidateId,
  /** So many of the photos that came along were taken as they are: this center has nothing to look at them with. */
  notLookedAt: z.int().optional(),
});
export type PutCandidateReply = z.infer<typeof PutCandidateReply>;

const Photos = PutCandidate.shape.photos.unwrap();
/** A photo in a file that is named after whose it is: by their number, or name and number. */
export const NamedPhoto = z
  .object({
    file: z.string().min(1).max(300),
    photo: z.base64().max(8_000_000),
    /** In place of those that are there, and not beside them. */
    replace: z.boolean().optional(),
  })
  .readonly();
export type NamedPhoto = z.infer<typeof NamedPhoto>;
export const NamedPhotoReply = z.object({
  ok: z.literal(true),
  id: CandidateId,
  /** It was there already. */
  same: z.boolean(),
  /** This center has nothing to look at photos with. */
  notLookedAt: z.boolean(),
});
export type NamedPhotoReply = z.infer<typeof NamedPhotoReply>;

/** What they sat stays theirs. */
export const NumberCorrection = z
  .object({
    number: TypedIdNumber,
    to: TypedIdNumber,
    reason: z.string().trim().min(1).max(500),
    /** `same`: somebody has looked, and those that are there are of whoever has the new number. Or others in their place. */
    photos: z.union([z.literal('same'), Photos]),
  })
  .readonly();
export type NumberCorrection = z.infer<typeof NumberCorrection>;

/** Somebody leaves the firm, or goes to another one: their photos are erased, what they sat stays. */
export const LeaveWish = z
  .object({
    number: TypedIdNumber,
    /** Their last day; today at the latest. */
    on: AskedDay,
    reason: z.string().trim().min(1).max(500),
    /** The firm they go to. */
    to: z.string().trim().min(1).max(100).optional(),
  })
  .readonly();
export type LeaveWish = z.infer<typeof LeaveWish>;

/** A time that somebody was of a firm. Who came back has several. */
export const Membership = z
  .object({
    id: CandidateId,
    name: z.string(),
    number: z.string(),
    /** Nothing of whoever was there before this was written down. */
    joined: z.object({ on: z.iso.date(), why: z.string(), from: z.string().optional() }).readonly().optional(),
    /** Nothing while they are there. */
    left: z.object({ on: z.iso.date(), why: z.string(), to: z.string().optional() }).readonly().optional(),
  })
  .readonly();
export type Membership = z.infer<typeof Membership>;
/** In the order in which they came. */
export const Memberships = z.object({ memberships: z.array(Membership).readonly() });
export type Memberships = z.infer<typeof Memberships>;

/** Takes the place of all that was registered for whoever has this number; nothing in it takes all back. */
export const ArrangementWish = z.object({ number: TypedIdNumber, arrangements: RegisteredArrangements }).readonly();
export type ArrangementWish = z.infer<typeof ArrangementWish>;

export const ListedCandidate = z
  .object({
    id: CandidateId,
    name: z.string(),
    number: z.string(),
    examId: ExamId,
    seat: SeatLabel.optional(),
    /** How many of them there are. */
    photos: z.int(),
    /** At how many of those this center had nothing to look with; stations say what they find. */
    notLookedAt: z.int().optional(),
    arrangements: Arrangements.optional(),
  })
  .readonly();
export type ListedCandidate = z.infer<typeof ListedCandidate>;
/** Everybody on the roster. */
export const CandidateList = z.object({ candidates: z.array(ListedCandidate).readonly() });
export type CandidateList = z.infer<typeof CandidateList>;
