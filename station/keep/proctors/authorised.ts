import type { AssignedProctor } from '../../../contract/station-center/center-api.ts';
import type { TenantId } from '../../../contract/words/ids.ts';

/** Whoever gave a PIN or a badge. */
export type Authorised = Pick<AssignedProctor, 'id' | 'name' | 'role'>;

/** A proctor of a firm that uses this station by a grant; without one, of the firm whose station it is. */
export type FirmProctor = AssignedProctor & { readonly guest?: TenantId | undefined };
