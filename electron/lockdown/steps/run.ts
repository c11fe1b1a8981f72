import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program of the operating system and gives what it prints. @throws Error with what it said where it fails */
export type Run = (program: string, ...args: readonly string[]) => Promise<string>;

const PATIENCE_MS = 5_000;

export const run: Run = async (program, ...args) => {
  const { stdout } = await promisify(execFile)(program, [...args], { timeout: PATIENCE_MS, encoding: 'utf8' });
  return stdout.trim();
};

/** Whether it can be started at all. */
export const canRun = (one: Run, program: string): Promise<boolean> =>
  one('sh', '-c', `command -v ${program}`).then(
    () => true,
    () => false,
  );
