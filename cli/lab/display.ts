import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** An X display of its own for one kiosk, with nobody else's windows on it. */
export type Display = AsyncDisposable & { readonly name: string };

export type DisplayPlan = {
  readonly size?: string;
  /** A program that manages its windows, such as `openbox`; without one there is none. */
  readonly windowManager?: readonly [string, ...string[]];
};

/** @throws Error where there is no Xvfb */
export async function openDisplay({ size = '1280x800', windowManager }: DisplayPlan = {}): Promise<Display> {
  // It takes the first free number and says which. Only this machine's users can reach it, and they may.
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-ac', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const missing = once(server, 'error').then(([error]) => {
    throw new Error(`no display: ${String(error)}; Debian's package is xvfb`);
  });
  const said = once(server.stdio[3] as Readable, 'data');
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`no display: Xvfb ended (${code})`);
  });
  for (const promise of [missing, ended]) promise.catch(() => undefined);
  const [number] = (await Promise.race([said, missing, ended])) as [Buffer];
  const name = `:${number.toString().trim()}`;
  const manager = windowManager && (await startManager(windowManager, name));
  return {
    name,
    async [Symbol.asyncDispose]() {
      if (manager) await end(manager);
      await end(server);
    },
  };
}

async function startManager([program, ...args]: readonly [string, ...string[]], display: string) {
  const manager = spawn(program, args, { env: { ...process.env, DISPLAY: display }, stdio: 'ignore' });
  await once(manager, 'spawn');
  // Until it holds the display's windows; what comes before is placed by nobody.
  await new Promise((resolve) => setTimeout(resolve, 700));
  return manager;
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  program.kill('SIGTERM');
  await once(program, 'exit');
}
