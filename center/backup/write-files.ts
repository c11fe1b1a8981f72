import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObjectKey, type Objects } from '../objects/index.ts';
import { isAnother } from './lines.ts';
import type { Said } from './read-backup.ts';

export type FilesOfBackup = {
  /** Writes what is said of a file. @throws Error where it is a key, and another one lies there */
  take(said: Said): Promise<void>;
  /** Moves all of them to where they belong. @throws Refusal `objects-away` */
  bring(objects: Objects): Promise<void>;
  /** Ends it: what was not brought anywhere is gone. */
  clear(): Promise<void>;
};

type Writing = { readonly path: string; readonly draft: string; readonly handle: FileHandle };

/**
 * Films, photos and keys of a backup: written beside where they belong, and moved there once all is well. A film or a photo that is
 * another than its name says is left out; whoever checks the backup tells of it.
 */
export function writeFiles(data: string): FilesOfBackup {
  const drafts = new Map<string, string>();
  let writing: Writing | undefined;
  const begin = async (path: string): Promise<Writing> => {
    const draft = `${join(data, path)}.draft`;
    await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
    await rm(draft, { force: true });
    drafts.set(draft, path);
    return { path, draft, handle: await open(draft, 'wx', 0o600) };
  };
  const end = async ({ path, draft, handle }: Writing, hash: string): Promise<void> => {
    await handle.sync();
    await handle.close();
    writing = undefined;
    if (path.endsWith('.key')) await mustNotReplace(join(data, path), draft);
    if (!isAnother(path, hash)) return;
    drafts.delete(draft);
    await rm(draft, { force: true });
  };
  return {
    async take(said) {
      if (said.is === 'file') writing = await begin(said.path);
      if (said.is === 'piece') await writing?.handle.writeFile(said.bytes);
      if (said.is === 'file-end' && writing) await end(writing, said.hash);
    },
    async bring(objects) {
      for (const [draft, path] of drafts)
        await (isObjectKey(path) ? objects.take(path, draft) : rename(draft, join(data, path)));
    },
    async clear() {
      await writing?.handle.close();
      for (const draft of drafts.keys()) await rm(draft, { force: true });
    },
  };
}

async function mustNotReplace(file: string, draft: string): Promise<void> {
  const there = (await readdir(dirname(file))).includes(file.slice(dirname(file).length + 1));
  if (there && !(await readFile(file)).equals(await readFile(draft)))
    throw new Error(`${file} is there already, and is another key`);
}
