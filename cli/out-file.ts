import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a command writes to where somebody said. */
export type OutOptions = { readonly force?: boolean | undefined };

/** The option of every command that writes a file. */
export const FORCE = ['--force', 'also where that file is there already: it is replaced'] as const;

/**
 * Asked before anything is done for it, so that nothing is done in vain.
 * @throws Error where nothing is to be written there
 */
export function mustTake(path: string, { force = false }: OutOptions): void {
  const [there, folder] = [at(path), at(dirname(path))];
  if (there?.isDirectory()) throw new Error(`${path} is a folder: name a file in it`);
  if (there?.isFile() && !force) throw isThere(path);
  if (!folder) throw new Error(`${dirname(path)} is not there: make that folder first`);
  if (!folder.isDirectory()) throw new Error(`${dirname(path)} is no folder`);
}

/**
 * Writes a file beside where it is to be, and puts it there once it is whole: what was there before is there until then, and
 * whole.
 * @throws Error as {@link mustTake}
 */
export async function throughDraft<T>(
  path: string,
  options: OutOptions,
  write: (draft: string) => T | Promise<T>,
): Promise<T> {
  mustTake(path, options);
  // Nothing is renamed to a device or a pipe.
  if (at(path)?.isFile() === false) return write(path);
  const target = at(path) ? realpathSync(path) : path;
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.draft`);
  try {
    const written = await write(draft);
    sync(draft);
    put(draft, target, options);
    return written;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The same for what is in memory. */
export const writeOut = (path: string, content: string | Uint8Array, options: OutOptions = {}): Promise<void> =>
  throughDraft(path, options, (draft) => writeFileSync(draft, content));

const at = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });
const isThere = (path: string): Error => new Error(`${path} is there already: name another file, or say --force`);

function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Without force not even where another program wrote it meanwhile. */
function put(draft: string, target: string, { force = false }: OutOptions): void {
  if (force) return renameSync(draft, target);
  try {
    linkSync(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || at(target)) throw isThere(target);
    // A stick, whose file system knows no second name for a file.
    renameSync(draft, target);
  }
}
