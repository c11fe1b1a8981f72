import { z } from 'zod';
import {
  Absent,
  ACTIONS_SINCE_3,
  ACTIONS_SINCE_4,
  Answers,
  DECIDED,
  FIRST_ACTIONS,
  Origin,
  ProctorId,
  RECORDED,
  Via,
} from './blocks-1-to-7.ts';
import { Identity, Incidents } from './entries-1-to-6.ts';

const Decision = z
  .object({
    action: z.enum([...FIRST_ACTIONS, ...ACTIONS_SINCE_3, ...ACTIONS_SINCE_4]),
    ...DECIDED,
    second: ProctorId.optional(),
    via: Via.optional(),
    compared: Absent,
    ms: Absent,
    verdict: Absent,
  })
  .readonly();

/** A sitting may have begun at another station, and a proctor's word come from elsewhere. Frozen. */
export const RecordV4 = z
  .strictObject({
    format: z.literal('exam-station/record@4'),
    ...RECORDED,
    identity: Identity,
    answers: Answers,
    incidents: Incidents,
    decisions: z.array(Decision).readonly(),
    continues: Origin.optional(),
    hosts: Absent,
  })
  .readonly();
