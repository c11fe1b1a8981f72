import { z } from 'zod';
import { SlipPolicy } from './admission-slip.ts';
import {
  EvidenceDays,
  Exam,
  HomePolicy,
  IncidentPolicy,
  LightPolicy,
  Liveness,
  PassHours,
  PinDigits,
  RecapturePolicy,
  TemplateUpdate,
  TwoProctors,
  WATCHED,
} from './exam.ts';
import { Hosts } from './hosts.ts';

const minutes = z.number().min(1).max(480);

/**
 * What an exam does about what happens in it, as a file that people write: what it does not name stays as it is. A field that
 * nobody knows is a slip of the pen, and is refused.
 */
export const ExamPolicy = z
  .strictObject({
    minutes: minutes.optional(),
    /** Part of the full marks. */
    pass: z.number().min(0).max(1).optional(),
    attempts: z.int().min(1).max(99).optional(),
    liveness: Liveness.optional(),
    light: LightPolicy.optional(),
    /** How many faces of check-ins without any doubt are compared with besides, and for how many days. */
    templateUpdate: TemplateUpdate.optional(),
    /** When the camera asks again who sits there, and what is done about the answer. */
    recapture: z
      .strictObject({
        minSeconds: z.number().optional(),
        maxSeconds: z.number().optional(),
        ...Object.fromEntries(
          (['no-face', 'several-faces', 'mismatch', 'not-live', 'uncertain'] as const).map((outcome) => [
            outcome,
            IncidentPolicy.optional(),
          ]),
        ),
      })
      .optional(),
    watch: z.partialRecord(z.enum(WATCHED), IncidentPolicy).optional(),
    twoProctors: TwoProctors.optional(),
    /** Of the PIN of whoever decides. */
    pinDigits: PinDigits.optional(),
    evidenceDays: EvidenceDays.optional(),
    mode: z.enum(['formal', 'mock', 'gate']).optional(),
    passHours: PassHours.optional(),
    /** Where it may be sat. */
    hosts: Hosts.optional(),
    /** Whether it may be done at home as well. */
    home: HomePolicy.optional(),
    /** Whether an admission slip may stand in for the card. */
    slips: SlipPolicy.optional(),
    /** At home: whether right answers are told though an exam that counts may ask the same. */
    revealsKeys: z.boolean().optional(),
  })
  .readonly();
export type ExamPolicy = z.infer<typeof ExamPolicy>;

/**
 * The exam under this policy.
 * @param fullMarks of its forms
 * @throws ZodError where the two together make no sense (a longest wait below the shortest, a formal exam at home)
 */
export function underPolicy(exam: Exam, policy: ExamPolicy, fullMarks: number): Exam {
  const { minutes: time, pass, attempts, liveness, watch, twoProctors, pinDigits, evidenceDays, mode } = policy;
  const { passHours, hosts, home, slips, revealsKeys, light, templateUpdate } = policy;
  const { minSeconds, maxSeconds, ...onOutcome } = policy.recapture ?? {};
  const recapture = RecapturePolicy.parse({
    minSeconds: minSeconds ?? exam.recapture.minSeconds,
    maxSeconds: maxSeconds ?? exam.recapture.maxSeconds,
    onOutcome: { ...exam.recapture.onOutcome, ...onOutcome },
  });
  return Exam.parse({
    ...exam,
    recapture,
    ...(time === undefined ? {} : { durationSeconds: Math.round(time * 60) }),
    ...(pass === undefined ? {} : { passMarks: Math.ceil(fullMarks * pass) }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(liveness === undefined ? {} : { liveness }),
    ...(light === undefined ? {} : { light }),
    ...(templateUpdate === undefined ? {} : { templateUpdate }),
    ...(watch === undefined ? {} : { watch }),
    ...(twoProctors === undefined ? {} : { twoProctors }),
    ...(pinDigits === undefined ? {} : { pinDigits }),
    ...(evidenceDays === undefined ? {} : { evidenceDays }),
    ...(mode === undefined ? {} : { mode }),
    ...(passHours === undefined ? {} : { passHours }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(home === undefined ? {} : { home }),
    ...(slips === undefined ? {} : { slips }),
    ...(revealsKeys === undefined ? {} : { revealsKeys }),
  });
}
