import type { Logger } from 'pino';
import { Refusal } from '../../contract/words/reasons.ts';
import type { StationReadiness } from './station-readiness.ts';

const EVERY_MS = 60_000;
const TURN_MS = 5_000;

/**
 * Checks once, thoroughly, after the start, and each minute while nobody sits here; sooner where a camera has come that was
 * never looked through.
 * @param hasCamera whether there is one to look through now
 * @returns ends it
 */
export function keepChecking(desk: StationReadiness, hasCamera: () => boolean, log: Logger): () => void {
  let checked = Number.NEGATIVE_INFINITY;
  let thoroughly = true;
  let told = '';
  /** In a kiosk nobody reads standard output: what changed is in the log. */
  const tell = (): void => {
    const { status, checks } = desk.now;
    const wrong = checks.flatMap((check) => (check.status === 'READY' ? [] : [`${check.name} ${check.reason}`]));
    if (wrong.join() !== told) log.info({ status, wrong }, 'readiness');
    told = wrong.join();
  };
  const turn = async (): Promise<void> => {
    const due = performance.now() - checked >= EVERY_MS || (hasCamera() && !desk.cameraSeen);
    if (!due || desk.progress !== undefined) return;
    try {
      await desk.check(thoroughly);
      tell();
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
