import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What below a folder somebody besides its owner could read, write or enter, with its mode; the folder itself too. */
export function openToOthers(folder: string): readonly string[] {
  const inside = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() || entry.isDirectory(),
  );
  const paths = [folder, ...inside.map(({ parentPath, name }) => join(parentPath, name))];
  return paths.flatMap((path) => {
    const mode = lstatSync(path).mode & 0o777;
    return (mode & 0o077) === 0 ? [] : [`${path} ${mode.toString(8)}`];
  });
}
