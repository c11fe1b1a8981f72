import type { AssignedProctor } from '../../../contract/station-center/center-api.ts';

/** Whoever gave a PIN or a badge. */
export type Authorised = Pick<AssignedProctor, 'id' | 'name' | 'role'>;
