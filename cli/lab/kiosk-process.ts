import { readFileSync } from 'node:fs';
import type { LabKiosk } from './kiosk-lab.ts';

/** The processes that were started by this one, and by those, read from /proc. */
export function descendants(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** The station that runs beside a kiosk. @throws Error where none does */
export function stationProcess({ app }: LabKiosk): number {
  const shell = app.process().pid;
  const station = descendants(shell ?? 0).find((pid) => commandOf(pid).includes('station.js'));
  if (station === undefined) throw new Error('no station runs beside this kiosk');
  return station;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
