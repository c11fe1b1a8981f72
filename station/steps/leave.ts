import { Refusal } from '../../contract/words/reasons.ts';
import type { Unlocking } from './parts.ts';
import { clear } from './proctor-action.ts';

/** The candidate goes of their own will: not once a face was refused, that is for a proctor to see. */
export function leave(parts: Pick<Unlocking, 'seat' | 'roster' | 'log'>): void {
  const { seat } = parts;
  const sitting = seat.taken();
  if (sitting.stage === 'recorded') return clear(parts);
  const unseen = sitting.stage === 'refused' ? sitting.refusal === 'consent-declined' : sitting.failedCaptures === 0;
  const practice = sitting.exam.mode !== 'formal' && sitting.stage === 'awaiting-unlock';
  const mayGo = practice || unseen;
  if (!mayGo) throw new Refusal('not-allowed-now');
  seat.execute({ kind: 'close', reason: 'candidate-left' });
  clear(parts);
}
