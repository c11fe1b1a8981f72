import type { AssignedProctor } from '../../../contract/station-center/center-api.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { TenantId } from '../../../contract/words/ids.ts';
import { pinDigitsOf } from '../../../contract/words/proctor-pins.ts';
import { Refusal } from '../../../contract/words/reasons.ts';

/** Whoever gave a PIN or a badge. */
export type Authorised = Pick<AssignedProctor, 'id' | 'name' | 'role'> & {
  /** How many digits the PIN had; none of a badge or a code, which nobody guesses. */
  readonly digits?: number;
};

/** A proctor of a firm that uses this station by a grant; without one, of the firm whose station it is. */
export type FirmProctor = AssignedProctor & { readonly guest?: TenantId | undefined };

/** @throws Refusal `pin-short` where the exam asks for more digits than the PIN had */
export function mustHaveDigits({ digits }: Authorised, exam: Pick<Exam, 'mode' | 'pinDigits'>): void {
  const least = pinDigitsOf(exam);
  if (digits !== undefined && digits < least) throw new Refusal('pin-short', `${least} digits`);
}
