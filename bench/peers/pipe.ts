import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

/** The least that a frame could cost: the same bytes over a bare pipe to another Node. */
export type BarePipe = AsyncDisposable & {
  /** @returns ms until the other end had them all and said so */
  cross(): Promise<number>;
};

export async function openBarePipe(bytes: number): Promise<BarePipe> {
  const script = join(import.meta.dirname, 'pipe-child.ts');
  const child = spawn(process.execPath, [script, String(bytes)], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const pipe = child.stdio[3] as Duplex;
  const message = new Uint8Array(bytes).fill(127);
  await once(child, 'spawn');
  return {
    async cross() {
      const since = performance.now();
      const answered = once(pipe, 'data');
      pipe.write(message);
      await answered;
      return performance.now() - since;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      pipe.end();
      await ended;
    },
  };
}

/** One copy of the same bytes in memory. @returns ms */
export function copyOnce(from: Uint8Array, to: Uint8Array): number {
  const since = performance.now();
  to.set(from);
  return performance.now() - since;
}
