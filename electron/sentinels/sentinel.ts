import type { Observation } from '../../contract/shell/kiosk-messages.ts';

/**
 * Looks at one thing around the kiosk while somebody sits an exam. It reports and does nothing else: what is done about
 * it is the exam's policy, and in the end a proctor's word.
 */
export type Sentinel = {
  readonly name: string;
  /** Begins to look; tells what is so from the beginning too. @returns ends it */
  watch(report: Report): () => void;
};

export type Report = (observation: Observation) => void;

/** A name of a program or device is somebody else's text: short, and on one line. */
export const shortName = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 120);

/** A look every so often, the first one at once; a look that fails is no finding. */
export function everySoOften(intervalMs: number, look: () => void | Promise<void>): () => void {
  const safely = async (): Promise<void> => {
    try {
      await look();
    } catch {
      // What cannot be read now may be readable the next time.
    }
  };
  void safely();
  const timer = setInterval(() => void safely(), intervalMs);
  return () => clearInterval(timer);
}
