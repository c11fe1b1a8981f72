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

/** Reasons are open: whoever does not know a word still reads the record. It may name a grant. Frozen. */
export const RecordV7 = z
  .strictObject({
    format: z.literal('exam-station/record@7'),
    ...RECORDED,
    identity: Identity,
    answers: Answers,
    incidents: z.array(Incident).readonly(),
    decisions: z.array(Decision).readonly(),
    continues: Origin.optional(),
    hosts: Hosts.optional(),
    grant: GrantId.optional(),
  })
  .readonly();
