import { readFileSync } from 'node:fs';
import { descendants } from '../cli/lab/kiosk-process.ts';

/** The programs that a frame of a host goes through. */
export type Part = 'page' | 'shell' | 'station' | 'helpers';
export type CpuMs = Readonly<Record<Part, number>>;

/** As Linux has it on every machine we run on: ticks of 10 ms. */
const TICK_MS = 10;

/**
 * Opens a host and takes note of the processes that came with it.
 * @returns the host, and how much processor time each part of it has taken so far
 */
export async function withProcesses<H>(open: () => Promise<H>): Promise<readonly [H, () => CpuMs]> {
  const before = new Set(descendants(process.pid));
  const host = await open();
  const parts = descendants(process.pid)
    .filter((pid) => !before.has(pid))
    .map((pid) => [pid, partOf(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))] as const);
  const spent = (part: Part): number => parts.reduce((sum, [pid, of]) => (of === part ? sum + cpuMsOf(pid) : sum), 0);
  return [
    host,
    () => ({ page: spent('page'), shell: spent('shell'), station: spent('station'), helpers: spent('helpers') }),
  ];
}

function partOf(command: string): Part {
  if (/station\/(main\.ts|station\.js)/.test(command)) return 'station';
  if (command.includes('--type=renderer')) return 'page';
  return /--type=|Xvfb/.test(command) ? 'helpers' : 'shell';
}

function cpuMsOf(pid: number): number {
  try {
    // After the name, which may hold anything, in brackets.
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\) )/);
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}
