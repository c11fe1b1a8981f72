import { readdirSync, readFileSync } from 'node:fs';
import type { LabKiosk } from './kiosk-lab.ts';

/** The processes that were started by this one, by whichever of its threads, and by those; read from /proc. */
export function descendants(pid: number): readonly number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
  } catch {
    // It has ended meanwhile.
    return [];
  }
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
