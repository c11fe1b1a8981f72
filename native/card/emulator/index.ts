/** Starts an emulated reader as a program of its own and drives it. For tests and for a demonstration without hardware. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { EmulatedCard } from './card.ts';
import type { Damage } from './damage.ts';
import { type Request, Response } from './protocol.ts';

export type EmulatorOptions = {
  readonly noise?: boolean;
  readonly split?: boolean;
  /** Pause before each reply, milliseconds. */
  readonly slowMs?: number;
  /** Of the noise; the same seed gives the same noise. */
  readonly seed?: number;
  /** Refuses to read a card a second time. */
  readonly readsOnce?: boolean;
};

export type Emulator = {
  /** What to open instead of a real reader's device. */
  readonly path: string;
  /** Lays a card on the reader. @throws Error where no card can be like that */
  present(card: EmulatedCard): Promise<void>;
  remove(): Promise<void>;
  /** Pulls the cable; for a reader that comes back, start another emulator. */
  unplug(): Promise<void>;
  setNoise(on: boolean): Promise<void>;
  /** Corrupts the next reading in a way that its checksum does not show. */
  damage(how: Damage): Promise<void>;
  /** Ends the program and the terminal. */
  close(): Promise<void>;
};

type Program = ChildProcessByStdio<Writable, Readable, null>;
const END_MS = 2000;

/** @throws Error where this machine can make no pseudo-terminal (see `ptyAvailable`) */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const program: Program = spawn(execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), ...flags(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = readAnswers(program);
  const hello = await answers.next();
  if (!('ready' in hello)) throw new Error('the emulated reader did not start');

  const ask = async (request: Request): Promise<void> => {
    const answer = answers.next();
    program.stdin.write(`${JSON.stringify(request)}\n`);
    const response = await answer;
    if ('ok' in response && !response.ok) throw new Error(`the emulated reader refused: ${response.error}`);
  };
  return {
    path: hello.path,
    present: (card) => ask({ present: card }),
    remove: () => ask({ remove: true }),
    unplug: () => ask({ unplug: true }),
    setNoise: (on) => ask({ noise: on }),
    damage: (how) => ask({ damage: how }),
    close: () => end(program),
  };
}

const flags = ({ noise, split, slowMs, seed, readsOnce }: EmulatorOptions): string[] => [
  ...(noise ? ['--noise'] : []),
  ...(split ? ['--split'] : []),
  ...(slowMs === undefined ? [] : ['--slow', String(slowMs)]),
  ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ...(readsOnce ? ['--reads-once'] : []),
];

/** Answers come in the order of the requests. After the program's end every wait is an error. */
function readAnswers(program: Program): { next(): Promise<Response> } {
  const waiting: PromiseWithResolvers<Response>[] = [];
  let over: Error | undefined;
  const end = (why: string): void => {
    over = new Error(why);
    for (const { reject } of waiting.splice(0)) reject(over);
  };
  createInterface({ input: program.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(Response.parse(JSON.parse(line)));
  });
  program.stdin.on('error', () => {});
  program.on('error', (error) => end(`the emulated reader cannot run: ${error.message}`));
  program.on('close', () => end('the emulated reader has ended'));
  return {
    next() {
      if (over) return Promise.reject(over);
      const turn = Promise.withResolvers<Response>();
      waiting.push(turn);
      return turn.promise;
    },
  };
}

async function end(program: Program): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => program.once('close', () => resolve()));
  const timer = setTimeout(() => program.kill('SIGKILL'), END_MS);
  program.stdin.end();
  await ended;
  clearTimeout(timer);
}
