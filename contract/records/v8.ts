import { z } from 'zod';
import {
  ACTIONS_SINCE_3,
  ACTIONS_SINCE_4,
  Answers,
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

/** Any reason, also one that only a later program knows. */
const Reason = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .brand<'ReasonCode'>();

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

/** It may be of a course that was studied, and says for how long. Frozen. */
export const RecordV8 = z
  .strictObject({
    format: z.literal('exam-station/record@8'),
    ...RECORDED,
    exam: Exam,
    identity: Identity,
    answers: Answers,
    incidents: z.array(Incident).readonly(),
    decisions: z.array(Decision).readonly(),
    continues: Origin.optional(),
    hosts: Hosts.optional(),
    grant: GrantId.optional(),
    learning: Learning.optional(),
  })
  .refine(({ exam, learning }) => (exam.mode === 'learning') === (learning !== undefined), {
    error: 'only of a course that was studied it says how long',
  })
  .readonly();
