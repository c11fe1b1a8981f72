import { z } from 'zod';
import { Absent, Answers, DECIDED, FIRST_ACTIONS, RECORDED } from './blocks-1-to-7.ts';
import { Identity, Incidents } from './entries-1-to-6.ts';

const Decision = z
  .object({
    action: z.enum(FIRST_ACTIONS),
    ...DECIDED,
    second: Absent,
    via: Absent,
    compared: Absent,
    ms: Absent,
    verdict: Absent,
  })
  .readonly();

/** Answers may be numbers. Frozen. */
export const RecordV2 = z
  .strictObject({
    format: z.literal('exam-station/record@2'),
    ...RECORDED,
    identity: Identity,
    answers: Answers,
    incidents: Incidents,
    decisions: z.array(Decision).readonly(),
    continues: Absent,
    hosts: Absent,
  })
  .readonly();
