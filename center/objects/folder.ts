import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isObjectKey, type KeptObject, mustBeKey, type ObjectKey, type ObjectKind, type Objects } from './objects.ts';

/** What is still being written beside the others ends so. */
export const DRAFT = '.draft';

/** Keeps bytes under a folder, each in a file of its own. */
export function openFolderObjects(folder: string): Objects {
  const fileOf = (key: ObjectKey): string => join(folder, mustBeKey(key));
  const isThere = async (key: ObjectKey): Promise<boolean> =>
    stat(fileOf(key)).then(
      () => true,
      () => false,
    );
  const take = async (key: ObjectKey, file: string): Promise<void> => {
    await mkdir(dirname(fileOf(key)), { recursive: true, mode: 0o700 });
    await rename(file, fileOf(key));
  };
  return {
    shared: false,
    take,
    async put(key, bytes) {
      const draft = `${fileOf(key)}${DRAFT}`;
      await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
      const handle = await open(draft, 'w', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await take(key, draft);
    },
    read: async (key, range) => ((await isThere(key)) ? createReadStream(fileOf(key), range) : undefined),
    has: (key) => isThere(key),
    remove: (key) => rm(fileOf(key), { force: true }),
    list: (kind) => listFolder(folder, kind),
    answers: async () => undefined,
    // What lies beside the center's key is its own.
    claim: async (owner) => ({ owner, mayBeSwept: true }),
    close: () => undefined,
  };
}

async function* listFolder(folder: string, kind: ObjectKind): AsyncGenerator<KeptObject> {
  const found = await readdir(join(folder, kind), { recursive: true, withFileTypes: true }).catch(() => []);
  for (const one of found.filter((entry) => entry.isFile() && !entry.name.endsWith(DRAFT))) {
    const file = join(one.parentPath, one.name);
    const key = relative(folder, file).split(sep).join('/');
    const { mtime } = (await stat(file).catch(() => undefined)) ?? {};
    if (mtime && isObjectKey(key)) yield { key, at: mtime };
  }
}
