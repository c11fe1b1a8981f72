import type { Attack } from './attack.ts';
import { attacksOnFiles } from './on-files.ts';
import { attacksOnKeys } from './on-keys.ts';
import { attacksOnLedgers } from './on-ledgers.ts';
import { attacksOnProofFiles } from './on-proof-files.ts';
import { attacksOnResults } from './on-results.ts';
import { attacksOnTime } from './on-time.ts';
import { attacksOnVerdicts } from './on-verdicts.ts';

/** Every attack there is a replay of. docs/trust.md is drawn from this list, and `attacks.test.ts` holds each to its outcome. */
export const ATTACKS: readonly Attack[] = [
  ...attacksOnProofFiles,
  ...attacksOnVerdicts,
  ...attacksOnResults,
  ...attacksOnTime,
  ...attacksOnFiles,
  ...attacksOnKeys,
  ...attacksOnLedgers,
];
