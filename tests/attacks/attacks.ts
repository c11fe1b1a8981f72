import type { Attack } from './attack.ts';
import { attacksOnTheLog } from './on-log.ts';
import { attacksOnProofFiles } from './on-proof-files.ts';

/** Every attack there is a replay of. docs/trust.md is drawn from this list, and `attacks.test.ts` holds each to its outcome. */
export const ATTACKS: readonly Attack[] = [...attacksOnProofFiles, ...attacksOnTheLog];
