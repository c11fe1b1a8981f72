import type { Attack } from './attack.ts';
import { attacksOnAccess } from './on-access.ts';
import { attacksOnProctors } from './on-proctors.ts';
import { attacksOnProofFiles } from './on-proof-files.ts';

/** Every attack there is a replay of. docs/trust.md is drawn from this list, and `attacks.test.ts` holds each to its outcome. */
export const ATTACKS: readonly Attack[] = [...attacksOnProofFiles, ...attacksOnProctors, ...attacksOnAccess];
