import { accessSync, constants, mkdirSync } from 'node:fs';
import { Refusal } from '../../contract/words/reasons.ts';
import { setMode } from '../../proof/secrets/private-files.ts';

/**
 * The folder of the kiosk's own files, made where it is missing, and for nobody else to read. Looked at first: Electron takes a folder that it cannot
 * write for one that another kiosk holds.
 * @throws Refusal `disk-readonly`
 */
export function mustBeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    // Somebody else's folder that one may write cannot be taken from others.
    setMode(folder, 0o700);
  } catch {
    throw new Refusal('disk-readonly', folder);
  }
}
