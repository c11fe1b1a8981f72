import { z } from 'zod';
import {
  ACTIONS_SINCE_3,
  ACTIONS_SINCE_4,
  Answers,
  ComparedField,
  DECIDED,
  FIRST_ACTIONS,
  Hosts,
  Origin,
  ProctorId,
  RECORDED,
  Verdict,
  Via,
} from './blocks-1-to-7.ts';
import { Identity, Incidents } from './entries-1-to-6.ts';

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

/** It may say where it was shown. Frozen. */
export const RecordV6 = z
  .strictObject({
    format: z.literal('exam-station/record@6'),
    ...RECORDED,
    identity: Identity,
    answers: Answers,
    incidents: Incidents,
    decisions: z.array(Decision).readonly(),
    continues: Origin.optional(),
    hosts: Hosts.optional(),
  })
  .readonly();
