import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';

type Piece = { readonly name: string; readonly bytes: Uint8Array };

/** @throws Refusal `folder-unusable` where nobody named it, it is not there, or nothing can be written there */
export async function mustBeFolder(folder: string | undefined): Promise<string> {
  const isThere = folder !== undefined && (await stat(folder).catch(() => undefined))?.isDirectory();
  if (!isThere) throw new Refusal('folder-unusable', 'it is not there');
  await access(folder, constants.W_OK).catch(() => {
    throw new Refusal('folder-unusable', 'nothing can be written there');
  });
  return folder;
}

/**
 * Puts a file there, whole or not at all. One that has its name already stays, and this gets a number.
 * @returns what it is called there
 * @throws Refusal `folder-unusable`
 */
export async function putFile(folder: string | undefined, { name, bytes }: Piece): Promise<string> {
  const at = await mustBeFolder(folder);
  const draft = join(at, `.${randomBytes(8).toString('hex')}.part`);
  try {
    await writeWhole(draft, bytes);
    for (let nth = 1; nth <= MOST_OF_A_NAME; nth += 1) {
      const given = numbered(name, nth);
      if (await takeName(draft, join(at, given))) return given;
    }
    throw new Refusal('folder-unusable', 'too many files of one name');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('folder-unusable', (error as NodeJS.ErrnoException).code ?? 'nothing can be written there');
  } finally {
    await rm(draft, { force: true });
  }
}
const MOST_OF_A_NAME = 1_000;

function numbered(name: string, nth: number): string {
  const dot = name.lastIndexOf('.');
  return nth === 1 ? name : `${name.slice(0, dot)} (${nth})${name.slice(dot)}`;
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  // Whoever runs the center decides by its umask who else may read there.
  const handle = await open(file, 'wx', 0o666);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @returns whether the name was free; a second name for the file at first, which no other file can be in the way of unseen */
async function takeName(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.includes(code ?? '')) throw error;
  }
  // On a share that knows no second names the name is taken by an empty file, which this one then replaces.
  const taken = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  await taken?.close();
  if (taken) await rename(draft, file);
  return taken !== undefined;
}
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** What an organisation is called, as part of a file's name on any system. */
export const fileWord = (name: string): string =>
  name
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no name of a file has
    .replaceAll(/[\u0000-\u001f<>:"/\\|?*\u007f]/g, ' ')
    .trim()
    .replaceAll(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 60) || 'center';
