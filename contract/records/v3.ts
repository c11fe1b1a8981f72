import { z } from 'zod';
import { Absent, ACTIONS_SINCE_3, Answers, DECIDED, FIRST_ACTIONS, ProctorId, RECORDED } from './blocks-1-to-7.ts';
import { Identity, Incidents } from './entries-1-to-6.ts';

const Decision = z
  .object({
    action: z.enum([...FIRST_ACTIONS, ...ACTIONS_SINCE_3]),
    ...DECIDED,
    second: ProctorId.optional(),
    via: Absent,
    compared: Absent,
    ms: Absent,
    verdict: Absent,
  })
  .readonly();

/** Two proctors may decide, more time be given, incidents be judged. Frozen. */
export const RecordV3 = z
  .strictObject({
    format: z.literal('exam-station/record@3'),
    ...RECORDED,
    identity: Identity,
    answers: Answers,
    incidents: Incidents,
    decisions: z.array(Decision).readonly(),
    continues: Absent,
    hosts: Absent,
  })
  .readonly();
