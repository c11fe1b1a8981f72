import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** A program that answers each line of JSON on its standard input with one on its channel 3, in the same order. */
export type LineChild = AsyncDisposable & {
  /** @throws Error with the child's own words, or how it ended */
  readonly ask: <T>(answer: z.ZodType<T>, request: object) => Promise<T>;
};

type Waiting = { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void };

const Failure = z.object({ error: z.string() });
const PATIENCE_MS = 5000;

/** Channel 3 and not standard output, because the libraries being measured print there whatever they like. */
export function openLineChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): LineChild {
  // With more than three channels the types no longer know which of them are pipes.
  const child = spawn(command, args, {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  }) as ChildProcessByStdio<Writable, null, Readable>;
  const waiting: Waiting[] = [];
  let lastWords = '';
  let ended: Error | undefined;
  const { promise: gone, resolve: goneNow } = Promise.withResolvers<void>();

  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
    goneNow();
  };
  child.on('error', (error) => end(new Error(`${command} cannot be started: ${error.message}`)));
  child.on('close', (code, signal) => end(new Error(`${command} ended with ${signal ?? code}: ${lastWords.trim()}`)));
  // A child that is gone says so by its end, with a better reason than the broken pipe has.
  child.stdin.on('error', () => {});
  child.stderr.on('data', (words: Buffer) => {
    lastWords = `${lastWords}${words}`.slice(-1000);
  });
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => waiting.shift()?.resolve(line));

  return {
    ask: async (answer, request) => {
      if (ended) throw ended;
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const json: unknown = JSON.parse(await promise);
      const failure = Failure.safeParse(json);
      if (failure.success) throw new Error(failure.data.error);
      return answer.parse(json);
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      const late = setTimeout(() => child.kill(), PATIENCE_MS);
      await gone;
      clearTimeout(late);
    },
  };
}
