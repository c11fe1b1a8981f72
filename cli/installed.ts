import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The kiosk's own program, where this command line is a part of an installed one: then it lies in `resources/station`, two
 * folders below it. Nothing in a checkout.
 */
export function installedKiosk(folder = import.meta.dirname, platform = process.platform): string | undefined {
  const program = resolve(folder, '../..', platform === 'win32' ? 'exam-station.exe' : 'exam-station');
  return existsSync(join(folder, 'station.js')) && existsSync(program) ? program : undefined;
}
