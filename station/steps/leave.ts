import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import type { Sitting } from '../core/sitting/index.ts';
import type { Unlocking } from './parts.ts';
import { clear } from './proctor-action.ts';

/** What could be somebody who is not who they say: a proctor sees it before they go. */
const TO_BE_SEEN: readonly Reason[] = [
  'mismatch',
  'not-live',
  'several-faces',
  'uncertain',
  'camera-virtual',
  'camera-unmatched',
  'feed-looped',
];
const isToBeSeen = (reason: string | undefined): boolean => TO_BE_SEEN.some((one) => one === reason);

/** Whether the candidate may go of their own will. */
export function mayLeave({ stage, exam, refusal, failedCaptures, lastCapture }: Sitting): boolean {
  if (stage === 'recorded') return true;
  if (stage === 'awaiting-unlock' && exam.mode !== 'formal') return true;
  // Who declined was not looked at, and whose camera or photo is missing was not doubted.
  if (stage === 'refused') return !isToBeSeen(refusal) && !isToBeSeen(lastCapture?.outcome);
  return failedCaptures === 0;
}

/** The candidate goes. @throws Refusal `not-allowed-now` where a proctor has to see them first */
export function leave(parts: Pick<Unlocking, 'seat' | 'roster' | 'log'>): void {
  const sitting = parts.seat.taken();
  if (!mayLeave(sitting)) throw new Refusal('not-allowed-now');
  if (sitting.stage !== 'recorded') parts.seat.execute({ kind: 'close', reason: 'candidate-left' });
  clear(parts);
}

/**
 * Whether the seat may go to the next where nobody came. Anybody can type a colleague's number and walk away from what the
 * camera made of it; who had the card of somebody else is still to be seen.
 */
export const maySeatBeFreed = (sitting: Sitting): boolean =>
  mayLeave(sitting) || (sitting.stage === 'refused' && sitting.identifiedBy === 'typed');

/** Nobody is there any more. What was seen stays in the ledger, with its picture. @throws Refusal `not-allowed-now` */
export function giveUpSeat(parts: Pick<Unlocking, 'seat' | 'roster' | 'log'>): void {
  const sitting = parts.seat.taken();
  if (mayLeave(sitting) || !maySeatBeFreed(sitting)) return leave(parts);
  parts.seat.execute({ kind: 'close', reason: 'candidate-left' });
  clear(parts);
}
