import { z } from 'zod';
import {
  ACTIONS_SINCE_3,
  ACTIONS_SINCE_4,
  ComparedField,
  DECIDED,
  FIRST_ACTIONS,
  GrantId,
  Hosts,
  IncidentId,
  Instant,
  Origin,
  Outcome,
  ProctorId,
  RECORDED,
  Verdict,
  Verified,
  Via,
} from './blocks-1-to-7.ts';

const Word = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
/** Any reason, also one that only a later program knows. */
const Reason = Word.brand<'ReasonCode'>();

const Identity = z
  .discriminatedUnion('how', [
    Verified,
    z.object({ how: z.literal('overridden'), by: ProctorId, note: z.string(), reason: Reason }),
  ])
  .readonly();

const Incident = z
  .object({ id: IncidentId, reason: Reason, outcome: Outcome.optional(), at: Instant, paused: z.boolean() })
  .readonly();

const Decision = z
  .object({
    action: z.enum([...FIRST_ACTIONS, ...ACTIONS_SINCE_3, ...ACTIONS_SINCE_4]),
    ...DECIDED,
    second: ProctorId.optional(),
    via: Via.optional(),
    compared: z.array(ComparedField).readonly().optional(),
    ms: z.int().min(1).optional(),
    verdict: Verdict.optional(),
  })
  .readonly();

const id = <B extends string>(prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9-]{1,64}$`))
    .brand<B>();
const [CourseId, LessonId] = [id<'CourseId'>('co'), id<'LessonId'>('le')];
const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();

const [ItemId, OptionId] = [id<'ItemId'>('it'), id<'OptionId'>('op')];
const Typed = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => text.isWellFormed(), { error: 'half a character' });

/** Options, in the order they were put into where that was asked; a number; words in gaps; pairs. */
const Answers = z
  .array(
    z
      .strictObject({
        itemId: ItemId,
        chosen: z.array(OptionId).readonly(),
        typed: Typed(40).optional(),
        gaps: z.array(Typed(200)).min(1).max(10).readonly().optional(),
        pairs: z
          .array(z.strictObject({ premise: OptionId, choice: OptionId }).readonly())
          .max(12)
          .readonly()
          .optional(),
        marks: z.number(),
      })
      .readonly(),
  )
  .readonly();

/** A course that was studied. Seconds are those in which the same face was seen before and after. */
const Learning = z
  .strictObject({
    courseId: CourseId,
    /** Of the course as it was studied, in canonical JSON. */
    courseHash: Sha256,
    lessons: z
      .array(
        z
          .strictObject({
            lessonId: LessonId,
            /** In this sitting. */
            seconds: z.int().min(0),
            /** With all sittings before it that the station knew of. */
            total: z.int().min(0),
            complete: z.boolean(),
          })
          .readonly(),
      )
      .readonly(),
    /** Every lesson. */
    complete: z.boolean(),
  })
  .readonly();

const Exam = RECORDED.exam
  .unwrap()
  .extend({ mode: z.enum(['formal', 'mock', 'gate', 'learning']) })
  .readonly();

/** What judged it: the program, its networks (id of the manifest), and the thresholds (hash of their canonical JSON). */
const Basis = z
  .strictObject({
    program: z
      .strictObject({ name: z.string().min(1).max(64).optional(), version: z.string().min(1).max(64) })
      .readonly(),
    models: z.string().min(1).max(128),
    calibration: Sha256,
  })
  .readonly();

/** What of faces can be looked at again: pictures by their hashes, and the looks that failed before anybody was let in. */
const Faces = z
  .strictObject({
    /** Registered photos that were compared with. */
    reference: z.array(Sha256).max(20).readonly(),
    /** The picture of how check-in ended. */
    checkIn: Sha256.optional(),
    /** The first fifty, in order. */
    failed: z
      .array(
        z
          .strictObject({
            at: Instant,
            outcome: Outcome,
            reason: Reason.optional(),
            similarity: z.number().optional(),
            live: z.number().optional(),
          })
          .readonly(),
      )
      .max(50)
      .readonly(),
  })
  .readonly();

/** What speaks for and against the times that the record gives. */
const Time = z
  .strictObject({
    /** The newest time signed by the center that the station had seen when it began. */
    lower: Instant.nullable(),
    /** What the center signed when it began: a JWS `exam-station/time`; nothing where it was not reached. */
    token: z
      .string()
      .max(4_096)
      .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)
      .nullable(),
    /** How often and how far the wall clock was set until the handing in, since the station last heard the center; the first hundred. */
    jumps: z
      .array(z.strictObject({ at: Instant, ms: z.int() }).readonly())
      .max(100)
      .readonly(),
    /** How often the station was started within. */
    boots: z.int().min(0),
    /** The line of the ledger with which it began, at this station. */
    began: z.int().min(1).optional(),
  })
  .readonly();

/** Its answers may be words and pairs besides: what was typed into each gap, and what was put beside what. Frozen. */
export const RecordV10 = z
  .strictObject({
    format: z.literal('exam-station/record@10'),
    ...RECORDED,
    exam: Exam,
    identifiedBy: Word,
    /** Which kind of document somebody showed. */
    document: Word.optional(),
    identity: Identity,
    answers: Answers,
    incidents: z.array(Incident).readonly(),
    decisions: z.array(Decision).readonly(),
    continues: Origin.optional(),
    hosts: Hosts.optional(),
    grant: GrantId.optional(),
    learning: Learning.optional(),
    basis: Basis.optional(),
    faces: Faces.optional(),
    time: Time.optional(),
    /** Whether the center granted that it begins here; `none` where nothing that counts began. */
    claim: z.enum(['granted', 'unasked', 'none']).optional(),
  })
  .refine(({ exam, learning }) => (exam.mode === 'learning') === (learning !== undefined), {
    error: 'only of a course that was studied it says how long',
  })
  .readonly();
