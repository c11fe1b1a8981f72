import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { withoutSecrets } from '../../contract/shell/variables.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/**
 * The station is a program of its own on a Node of its own, packed along, and not a utility process of Electron: the same
 * runtime then serves the kiosk, the browser host and every test, its native modules are loaded by the Node they are built
 * for (better-sqlite3 and sharp both warn of Electron's), and what is tried with one Electron holds with the next.
 */
export type StationFiles = { readonly node: string; readonly program: string };

export type FilePlaces = {
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Electron's resources folder, where the packager puts both. */
  readonly resources: string;
  /** Root of the checkout. */
  readonly root: string;
};

/** Where they lie. @throws Refusal `program-incomplete` naming what is not there */
export function findStationFiles(
  { packaged, platform, arch, resources, root }: FilePlaces,
  isThere: (path: string) => boolean = existsSync,
): StationFiles {
  const [system, file] = platform === 'win32' ? ['win', 'node.exe'] : [platform, 'node'];
  const node = packaged
    ? join(resources, 'node', 'bin', file)
    : join(root, 'node_modules', `node-${system}-${arch}`, 'bin', file);
  const program = packaged ? join(resources, 'station', 'station.js') : join(root, 'dist/station/station.js');
  for (const path of [node, program]) if (!isThere(path)) throw new Refusal('program-incomplete', path);
  return { node, program };
}

/** The station's process, as far as it is looked at here. */
export type StationChild = {
  readonly pid: number | undefined;
  readonly pipe: Duplex;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  /** Without asking. */
  kill(): void;
};

/** What the shell's own surroundings may not tell the station: how Node and Electron are started. Secrets go by the pipe. */
const KEPT_BACK = /^(NODE_|ELECTRON_|CHROME_)/;

/** As `noDebugger` has it, which asks the Node that it runs on: here that is Electron's, and the one packed along knows the flag. */
const NO_DEBUGGER = '--disable-sigusr1';

export function spawnStation({ node, program }: StationFiles, env: NodeJS.ProcessEnv = process.env): StationChild {
  const child: ChildProcess = spawn(node, [NO_DEBUGGER, program], {
    env: Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([name]) => !KEPT_BACK.test(name))),
    stdio: ['ignore', 'ignore', 'inherit', process.platform === 'win32' ? 'overlapped' : 'pipe'],
    windowsHide: true,
  });
  const ended = Promise.withResolvers<readonly [number | null, string | null]>();
  child.once('exit', (code, signal) => ended.resolve([code, signal]));
  // A Node that cannot be started never exits.
  child.once('error', () => ended.resolve([null, null]));
  return {
    pid: child.pid,
    pipe: child.stdio[3] as Duplex,
    onExit: (listener) => void ended.promise.then((how) => listener(...how)),
    kill: () => void child.kill('SIGKILL'),
  };
}
