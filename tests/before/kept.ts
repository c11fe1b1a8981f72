import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../kit/folders.ts';
import facts from './2026-11-26/facts.json' with { type: 'json' };
import { clockAt, openData } from './open.ts';
import { unpackFolder } from './pack.ts';

/** What `make.ts` wrote on 2026-11-26, and what it knew of it. */
export { facts };

const FOLDER = join(import.meta.dirname, '2026-11-26');

export const bytesOf = (name: string): Uint8Array => readFileSync(join(FOLDER, name));
export const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** A copy of a station's data folder: what opens it writes into it. */
export function copyOf(station: 'station' | 'there'): string {
  const copy = temporaryFolder();
  cpSync(join(FOLDER, station), copy, { recursive: true });
  return copy;
}

/** The center's data folder, to be opened and written into. */
export function copyOfCenter(): string {
  const folder = temporaryFolder();
  unpackFolder(bytesOf('center.tar.br'), folder);
  return folder;
}

/** The minute in which all of it was made: certificates, rescue files and pictures are in their time then. */
export const itsClock = () => clockAt(facts.madeAt, 'another boot');

/** A station's data, open until the test is over. */
export function openKept(data: string, clock = itsClock()) {
  const station = openData(data, clock);
  onTestFinished(() => station[Symbol.dispose]());
  return station;
}
