import type { Role } from '../../contract/platform/roles.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/** Who is shown figures, of what lies at or below their place; a firm those of its own. */
export const READERS: readonly Role[] = ['platform', 'bureau', 'inspector', 'auditor', 'firm'];

/** @throws Refusal `unauthorised` where it is no account, whatever the types were told */
export function mustBeAccount({ kind }: { readonly kind: string }): void {
  if (kind !== 'account') throw new Refusal('unauthorised', `a ${kind} does not do this`);
}
