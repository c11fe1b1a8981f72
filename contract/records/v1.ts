import { z } from 'zod';
import { Absent, ChosenAnswers, DECIDED, FIRST_ACTIONS, RECORDED } from './blocks-1-to-7.ts';
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

/** The first records: answers are options, one proctor decides at the station. Frozen. */
export const RecordV1 = z
  .strictObject({
    format: z.literal('exam-station/record@1'),
    ...RECORDED,
    identity: Identity,
    answers: ChosenAnswers,
    incidents: Incidents,
    decisions: z.array(Decision).readonly(),
    continues: Absent,
    hosts: Absent,
  })
  .readonly();
