import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [FOLDER, FILE] = [0o700, 0o600];

/**
 * Makes a folder where it is missing, and takes it and all that lies in it from everybody but its owner, whatever it was
 * before. Links are not followed. O(files). Needs Node.
 */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER });
  if (process.platform === 'win32') return;
  setMode(folder, FOLDER);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) setMode(path, FOLDER);
    else if (entry.isFile()) setMode(path, FILE);
  }
}

/** What belongs to somebody else, or lies on a disk without modes, or is gone since, stays as it is. */
export function setMode(path: string, mode: number): void {
  try {
    if ((lstatSync(path).mode & 0o777) !== mode) chmodSync(path, mode);
  } catch {
    return;
  }
}
