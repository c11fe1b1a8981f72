import type { KnownMove } from '../../../contract/station-center/center-api.ts';
import type { TenantId } from '../../../contract/words/ids.ts';

/** What the center said of an exam that was moved, and of whose: nothing where it is of the firm whose station this is. */
export type HeardMove = KnownMove & { readonly guest?: TenantId };
