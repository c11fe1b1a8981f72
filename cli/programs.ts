import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { asVariables, DATABASE_VARIABLE, withoutSecrets } from '../contract/shell/variables.ts';
import { noDebugger } from '../proof/secrets/private-process.ts';

/** A program of this repository, started as a child and ready to be used. */
export type Program<R> = {
  readonly ready: R;
  readonly pid: number;
  /** Asks it to close, and waits until it has. */
  stop(): Promise<void>;
  /** SIGKILL: what a power cut looks like from inside. */
  kill(): Promise<void>;
  onExit(listener: (code: number | null, signal: NodeJS.Signals | null) => void): void;
};

export type ProgramOptions = {
  readonly env?: NodeJS.ProcessEnv;
  readonly quiet?: boolean;
  /** What nobody else on the machine may read: the first line of its standard input. */
  readonly secrets?: object | undefined;
  /** Where a center's database is; no other program inherits it. */
  readonly database?: string | undefined;
};

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 8_000;

/**
 * Starts `node script args` and waits for the one JSON line it prints once it serves. Its log goes where ours goes; when
 * this process dies, the child sees its standard input end and closes.
 * @param schema of that line
 * @throws Error where it ends or stays silent instead
 */
export async function startProgram<S extends z.ZodType>(
  schema: S,
  script: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Program<z.output<S>>> {
  const { secrets, database } = options;
  const env = {
    ...withoutSecrets({ ...process.env, ...options.env }),
    ...asVariables({ stopWithParent: true, secretsOnStdin: secrets !== undefined }),
    EXAM_CENTER_PARENT_STDIN: '1',
    ...(database ? { [DATABASE_VARIABLE]: database } : {}),
  };
  const child = spawn(process.execPath, [...noDebugger, script, ...args], {
    env,
    stdio: ['pipe', 'pipe', options.quiet ? 'ignore' : 'inherit'],
  });
  child.stdin?.on('error', () => undefined);
  if (secrets) child.stdin?.write(`${JSON.stringify(secrets)}\n`);
  const ready = await firstLine(child, script);
  return {
    ready: schema.parse(JSON.parse(ready)),
    pid: child.pid as number,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await once(child, 'exit');
      clearTimeout(timer);
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    onExit: (listener) => void child.on('exit', listener),
  };
}

function firstLine(child: ChildProcess, script: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`${script} was not ready within ${READY_WITHIN_MS / 1000} s`));
  }, READY_WITHIN_MS);
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`${script} ended (${code}) before it was ready`)));
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve);
  return promise.finally(() => clearTimeout(timer));
}
