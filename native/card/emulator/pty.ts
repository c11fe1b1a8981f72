/**
 * A pseudo-terminal without a native module: util-linux's `script`, which every Debian has, makes one and copies bytes
 * between it and its own standard input and output. Tried with all 256 values both ways and with bursts of 1295 bytes while
 * both cores of the machine were busy: nothing lost, nothing changed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Socket } from 'node:net';
import { platform } from 'node:process';
import type { Readable } from 'node:stream';

export type Pty = {
  /** The end for the other program to open: `/dev/pts/N`. */
  readonly path: string;
  write(bytes: Uint8Array): void;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Pulls the cable: the path is gone and whoever holds it open notices. */
  hangUp(): Promise<void>;
};

/**
 * What runs inside. The terminal must change no byte before anyone learns its name, and stay open while nobody uses it.
 * `cat` waits on a pipe from us: when we die, however we die, it ends and takes `script` and the terminal with it.
 */
const INSIDE = 'stty raw -echo; tty; exec cat <&3 3<&- >/dev/null';
const START_MS = 5000;

/** Whether this machine can make one: Linux with util-linux' `script` (others have another by that name). */
export const ptyAvailable = (): boolean =>
  platform === 'linux' &&
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

/** @throws Error where `ptyAvailable` is false, or no terminal appears within five seconds */
export async function openPty(): Promise<Pty> {
  if (!ptyAvailable()) throw new Error('an emulated reader needs Linux and the `script` program of util-linux');
  // SHELL decides what runs INSIDE, and an operator's may not be a POSIX shell. Of the surroundings it needs nothing.
  const child = spawn('script', ['-qfec', INSIDE, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    env: { SHELL: '/bin/sh', PATH: '/usr/bin:/bin' },
  });
  const { stdin, stdout } = child;
  const lifeline = child.stdio[3];
  if (!stdin || !stdout || !(lifeline instanceof Socket)) throw new Error('`script` was started without its pipes');
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // Writes that meet the end of `script` fail; that is what hanging up means.
  stdin.on('error', () => {});
  lifeline.on('error', () => {});

  let listener = (_bytes: Uint8Array): void => {};
  const path = await nameOf(child, stdout, (bytes) => listener(bytes)).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    path,
    write: (bytes) => void stdin.write(bytes),
    onData: (next) => {
      listener = next;
    },
    async hangUp() {
      // Not gently: `script` would say goodbye to what runs inside, and the path would stay for two seconds.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Reads the name that `tty` prints; all that comes behind it belongs to `onData`. */
function nameOf(child: ChildProcess, stdout: Readable, onData: (bytes: Uint8Array) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const timer = setTimeout(() => reject(new Error('`script` named no terminal')), START_MS);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`\`script\` ended: ${head.toString('latin1').slice(0, 200)}`)));
    const onHead = (bytes: Buffer): void => {
      head = Buffer.concat([head, bytes]);
      const name = /(\/dev\/pts\/\d+)\r?\n/.exec(head.toString('latin1'));
      if (!name) return;
      clearTimeout(timer);
      stdout.off('data', onHead).on('data', onData);
      const rest = head.subarray(name.index + name[0].length);
      if (rest.length > 0) onData(rest);
      resolve(name[1] as string);
    };
    stdout.on('data', onHead);
  });
}
