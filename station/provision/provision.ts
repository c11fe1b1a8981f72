import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOnly } from '../core/database/index.ts';
import { readEnrolment } from '../keep/identity/index.ts';
import { type Checked, checkWish } from './check-wish.ts';
import { readTerminal, writeTerminal } from './terminal-file.ts';

/** Checks what an administrator wants and writes it down; nothing is written where anything is wrong. */
export function provision(data: string, wish: Readonly<Record<string, unknown>>, enrolled: boolean): Checked {
  const checked = checkWish(wish, { before: beforeIn(data), enrolled });
  if (checked.ok) writeTerminal(data, checked.settings);
  return checked;
}

/** What cannot be read is no reason against writing it anew: that is how it is mended. */
function beforeIn(data: string) {
  try {
    return readTerminal(data);
  } catch {
    return undefined;
  }
}

/** Whether the station in this folder is enrolled, asked from outside. */
export function isEnrolled(data: string): boolean {
  const file = join(data, 'station.db');
  if (!existsSync(file)) return false;
  const database = openReadOnly(file);
  try {
    return readEnrolment(database) !== undefined;
  } finally {
    database.close();
  }
}
