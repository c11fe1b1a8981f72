import { Refusal } from '../../contract/words/reasons.ts';

/** The store of objects could not be asked, or refused; what was asked for may well be possible later. What it said is for the log. */
export class ObjectsTrouble extends Refusal {
  constructor(cause: unknown) {
    super('objects-away');
    this.name = 'ObjectsTrouble';
    this.message = `objects-away: ${cause instanceof Error ? cause.message : String(cause)}`;
    this.cause = cause;
  }
}
