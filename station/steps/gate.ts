import { passHoursOf } from '../../contract/words/exam.ts';
import { guestOf, type Sitting } from '../core/sitting/index.ts';
import type { Gatekeeping } from './parts.ts';

/** What was done for whoever is at the gate: each once. */
type Visit = { readonly sitting: string; stood: boolean; issued: boolean; opened: boolean };

/** What a sitting at a gate leads to besides its record: a pass, and an open door. Called after every change. */
export function tendGate(parts: Gatekeeping, say: (reason: 'pass-valid') => void): () => void {
  const { seat, passes, door, log } = parts;
  let here: Visit = { sitting: '', stood: false, issued: false, opened: false };

  const open = (): void => {
    if (here.opened) return;
    here.opened = true;
    if (!door) return log.warn('passed, but this station has no door');
    door.open().catch((error) => log.error({ reason: 'door-failed', error: String(error) }, 'door'));
  };
  const tend = (sitting: Sitting): void => {
    const { id, stage, candidateId, exam, identity, result } = sitting;
    const guest = guestOf(sitting);
    if (here.sitting !== id) here = { sitting: id, stood: false, issued: false, opened: false };
    // Known by face, and passed not long ago: no questions.
    if (stage === 'awaiting-unlock' && identity?.how === 'verified' && passes.validUntil(candidateId, exam.id, guest)) {
      open();
      seat.execute({ kind: 'close', reason: 'pass-valid' });
      seat.leave();
      return say('pass-valid');
    }
    if (stage === 'in-progress') here.stood = true;
    if ((stage !== 'graded' && stage !== 'recorded') || !result?.passed || here.issued) return;
    here.issued = true;
    passes.issue(candidateId, exam.id, passHoursOf(exam), guest);
    // A test that is only now marked, after a power cut, opens to nobody: who sat it is not there any more.
    if (here.stood) open();
  };
  return () => {
    try {
      if (seat.current?.exam.mode === 'gate') tend(seat.current);
    } catch (error) {
      // What was decided is written down; a pass that could not be is only a test more next time.
      log.error({ error: String(error) }, 'gate');
    }
  };
}
