import { setTimeout } from 'node:timers/promises';
import type { Program } from './programs.ts';

/** A program that is started again when it ends by itself. */
export type Kept<R> = {
  /** What it said at its first start. */
  readonly ready: R;
  /** Of the one that runs now. */
  pid(): number;
  stop(): Promise<void>;
};

const PAUSE_MS = 1_000;
const MAX_RESTARTS = 5;
const WITHIN_MS = 60_000;

/**
 * Keeps a program running, and tells a person each time it ends.
 * @param launch starts it; told what the first start said, so that it comes back at the same address
 * @param onGivenUp called where it ends again and again
 * @throws Error where it does not start the first time
 */
export async function keepRunning<R>(
  name: string,
  launch: (first: R | undefined) => Promise<Program<R>>,
  say: (line: string) => void,
  onGivenUp: () => void,
): Promise<Kept<R>> {
  let program = await launch(undefined);
  const { ready } = program;
  let stopping = false;
  let ends: number[] = [];

  const restart = async (cause: string): Promise<void> => {
    if (stopping) return;
    const now = performance.now();
    ends = [...ends.filter((at) => now - at < WITHIN_MS), now];
    if (ends.length > MAX_RESTARTS) {
      say(`the ${name} ended (${cause}) ${ends.length} times within a minute; giving up`);
      return onGivenUp();
    }
    say(`the ${name} ended (${cause}); starting it again`);
    await setTimeout(PAUSE_MS);
    if (stopping) return;
    try {
      program = await launch(ready);
      watch();
      say(`the ${name} is back`);
    } catch (error) {
      await restart(error instanceof Error ? error.message : String(error));
    }
  };
  const watch = (): void => program.onExit((code, signal) => void restart(signal ?? `exit code ${code}`));
  watch();
  return {
    ready,
    pid: () => program.pid,
    async stop() {
      stopping = true;
      await program.stop();
    },
  };
}
