import type { Attack } from './attack.ts';
import { attacksOnAccess } from './on-access.ts';
import { attacksOnCamera } from './on-camera.ts';
import { attacksOnDataAtRest } from './on-data-at-rest.ts';
import { attacksOnFiles } from './on-files.ts';
import { attacksOnKeys } from './on-keys.ts';
import { attacksOnLedgers } from './on-ledgers.ts';
import { attacksOnTheLog } from './on-log.ts';
import { attacksOnPersons } from './on-person.ts';
import { attacksOnProctors } from './on-proctors.ts';
import { attacksOnProofFiles } from './on-proof-files.ts';
import { attacksOnResults } from './on-results.ts';
import { attacksOnTime } from './on-time.ts';
import { attacksOnVerdicts } from './on-verdicts.ts';
import { attacksByWhatFilesBecome } from './on-what-files-become.ts';

/** Every attack there is a replay of. docs/trust.md is drawn from this list, and `attacks.test.ts` holds each to its outcome. */
export const ATTACKS: readonly Attack[] = [
  ...attacksOnProofFiles,
  ...attacksOnVerdicts,
  ...attacksOnResults,
  ...attacksOnTheLog,
  ...attacksOnTime,
  ...attacksOnKeys,
  ...attacksOnProctors,
  ...attacksOnFiles,
  ...attacksByWhatFilesBecome,
  ...attacksOnPersons,
  ...attacksOnCamera,
  ...attacksOnAccess,
  ...attacksOnDataAtRest,
  ...attacksOnLedgers,
];
