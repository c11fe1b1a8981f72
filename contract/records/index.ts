import { z } from 'zod';
import { RecordV1 } from './v1.ts';
import { RecordV2 } from './v2.ts';
import { RecordV3 } from './v3.ts';
import { RecordV4 } from './v4.ts';
import { RecordV5 } from './v5.ts';
import { RecordV6 } from './v6.ts';
import { RecordV7 } from './v7.ts';
import { RecordV8 } from './v8.ts';
import { RecordV9 } from './v9.ts';
import { RecordV10 } from './v10.ts';

export {
  COMPARED_FIELDS,
  ComparedField,
  DecisionEntry,
  IdentifiedBy,
  Identity,
  IncidentEntry,
  Origin,
  Verdict,
  Via,
} from '../words/entries.ts';
export { newerFormatIn, RECORD_FORMATS, reasonsOf, recordFormatFor, recordVersion } from './format.ts';

/**
 * One sitting's result: what a station signs, a center stores and an inspector reads years later. Each version says what it
 * said on the day it was first written; a new thing to say is a new version.
 */
export const ExamRecord = z.discriminatedUnion('format', [
  RecordV1,
  RecordV2,
  RecordV3,
  RecordV4,
  RecordV5,
  RecordV6,
  RecordV7,
  RecordV8,
  RecordV9,
  RecordV10,
]);
export type ExamRecord = z.infer<typeof ExamRecord>;
