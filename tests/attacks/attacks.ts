import type { Attack } from './attack.ts';
import { attacksOnAccess } from './on-access.ts';
import { attacksOnCamera } from './on-camera.ts';
import { attacksWithCards } from './on-cards.ts';
import { attacksOnCenterKeys } from './on-center-keys.ts';
import { attacksOnCertificates } from './on-certificates.ts';
import { attacksOnDataAtRest } from './on-data-at-rest.ts';
import { attacksOnEvidence } from './on-evidence.ts';
import { attacksOnFiles } from './on-files.ts';
import { attacksOnFrames } from './on-frames.ts';
import { attacksOnKeys } from './on-keys.ts';
import { attacksOnLedgers } from './on-ledgers.ts';
import { attacksOnTheLine } from './on-line.ts';
import { attacksOnTheLog } from './on-log.ts';
import { attacksOnPersons } from './on-person.ts';
import { attacksOnProctors } from './on-proctors.ts';
import { attacksOnProofFiles } from './on-proof-files.ts';
import { attacksOnResults } from './on-results.ts';
import { attacksOnRotation } from './on-rotation.ts';
import { attacksWithSlips } from './on-slips.ts';
import { attacksOnTemplates } from './on-templates.ts';
import { attacksOnTime } from './on-time.ts';
import { attacksOnVerdicts } from './on-verdicts.ts';
import { attacksByWhatFilesBecome } from './on-what-files-become.ts';

/** On proofs, results and the log. Two files of tests replay a half each, at the same time. */
export const ATTACKS_ON_RESULTS: readonly Attack[] = [
  ...attacksOnProofFiles,
  ...attacksOnVerdicts,
  ...attacksOnCertificates,
  ...attacksOnResults,
  ...attacksOnTheLog,
  ...attacksOnDataAtRest,
];

/** On stations, and whoever sits at them or decides there. */
export const ATTACKS_ON_STATIONS: readonly Attack[] = [
  ...attacksOnTime,
  ...attacksOnKeys,
  ...attacksOnCenterKeys,
  ...attacksOnRotation,
  ...attacksOnProctors,
  ...attacksOnFiles,
  ...attacksByWhatFilesBecome,
  ...attacksOnPersons,
  ...attacksWithCards,
  ...attacksWithSlips,
  ...attacksOnCamera,
  ...attacksOnFrames,
  ...attacksOnTemplates,
  ...attacksOnAccess,
  ...attacksOnLedgers,
  ...attacksOnTheLine,
  ...attacksOnEvidence,
];

/** Every attack there is a replay of. docs/trust.md is drawn from this list, and each is held to its outcome. */
export const ATTACKS: readonly Attack[] = [...ATTACKS_ON_RESULTS, ...ATTACKS_ON_STATIONS];
