import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a file so that after a power cut it holds either all of the old bytes or all of the new ones. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const beside = `${path}.new`;
  writeFileSync(beside, bytes, { mode: 0o600, flush: true });
  renameSync(beside, path);
  // Windows has no such call; NTFS journals the rename itself.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
