import { Refusal } from '../../contract/words/reasons.ts';

/** @throws Refusal `unauthorised` where it is no account, whatever the types were told */
export function mustBeAccount({ kind }: { readonly kind: string }): void {
  if (kind !== 'account') throw new Refusal('unauthorised', `a ${kind} does not do this`);
}
