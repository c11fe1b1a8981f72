import type { Attack } from './attack.ts';
import { attacksOnProofFiles } from './on-proof-files.ts';
import { attacksOnResults } from './on-results.ts';

/** Every attack there is a replay of. docs/trust.md is drawn from this list, and `attacks.test.ts` holds each to its outcome. */
export const ATTACKS: readonly Attack[] = [...attacksOnProofFiles, ...attacksOnResults];
