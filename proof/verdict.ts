import type { Reason } from '../contract/words/reasons.ts';

/** What came of checking something that somebody signed. */
export type Rejection = { readonly ok: false; readonly reason: Reason; readonly detail: string };
export type Verified<T> = ({ readonly ok: true } & T) | Rejection;

export const no = (reason: Reason, detail: string): Rejection => ({ ok: false, reason, detail });
