import type { Logger } from 'pino';
import { Refusal } from '../../contract/reasons.ts';
import type { ReadinessDesk } from './desk.ts';

const EVERY_MS = 60_000;
const TURN_MS = 5_000;

/**
 * Checks once, thoroughly, after the start, and each minute while nobody sits here; sooner where a camera has come that was
 * never looked through.
 * @param hasCamera whether there is one to look through now
 * @returns ends it
 */
export function keepChecking(desk: ReadinessDesk, hasCamera: () => boolean, log: Logger): () => void {
  let checked = Number.NEGATIVE_INFINITY;
  let thoroughly = true;
  const turn = async (): Promise<void> => {
    const due = performance.now() - checked >= EVERY_MS || (hasCamera() && !desk.cameraSeen);
    if (!due || desk.progress !== undefined) return;
    try {
      await desk.check(thoroughly);
      checked = performance.now();
      thoroughly = false;
    } catch (error) {
      // Somebody sits here: the next quiet moment will do.
      if (!(error instanceof Refusal)) log.error({ error: String(error) }, 'readiness');
    }
  };
  const timer = setInterval(turn, TURN_MS);
  return () => clearInterval(timer);
}
