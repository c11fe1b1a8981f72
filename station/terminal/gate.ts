import { passHoursOf } from '../../contract/exam.ts';
import type { Sitting } from '../sitting/index.ts';
import type { TerminalParts } from './parts.ts';

/** What a sitting at a gate leads to besides its record: a pass, and an open door. Called after every change. */
export function tendGate(parts: TerminalParts, say: (reason: 'pass-valid') => void): () => void {
  const { seat, passes, door, log } = parts;
  const [through, issued, stood] = [new Set<string>(), new Set<string>(), new Set<string>()];

  const open = (sitting: string): void => {
    if (through.has(sitting)) return;
    through.add(sitting);
    if (!door) return log.warn('passed, but this station has no door');
    door.open().catch((error) => log.error({ reason: 'door-failed', error: String(error) }, 'door'));
  };
  const tend = (sitting: Sitting): void => {
    const { id, stage, candidateId, exam, identity, result } = sitting;
    // Known by face, and passed not long ago: no questions.
    if (stage === 'awaiting-unlock' && identity?.how === 'verified' && passes.validUntil(candidateId, exam.id)) {
      open(id);
      seat.execute({ kind: 'close', reason: 'pass-valid' });
      seat.leave();
      return say('pass-valid');
    }
    if (stage === 'in-progress') stood.add(id);
    if ((stage !== 'graded' && stage !== 'recorded') || !result?.passed || issued.has(id)) return;
    issued.add(id);
    passes.issue(candidateId, exam.id, passHoursOf(exam));
    // A test that is only now marked, after a power cut, opens to nobody: who sat it is not there any more.
    if (stood.has(id)) open(id);
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
