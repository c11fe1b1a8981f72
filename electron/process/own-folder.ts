import { accessSync, constants, mkdirSync } from 'node:fs';
import { Refusal } from '../../contract/words/reasons.ts';

/**
 * The folder of the kiosk's own files, made where it is missing. Looked at first: Electron takes a folder that it cannot
 * write for one that another kiosk holds.
 * @throws Refusal `disk-readonly`
 */
export function mustBeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new Refusal('disk-readonly', folder);
  }
}
