import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Sha256 } from '../../../contract/words/ids.ts';
import { hashOfFile, type MediaStore } from '../../keep/media/index.ts';

/**
 * `inbox/media`: films that somebody brings along, from another station or over the network of the room, so that not each
 * station fetches them from the center. Whatever they are called, what their bytes hash to says which they are.
 */
export type MediaInbox = {
  /** Takes what courses show. Never throws. */
  look(wanted: ReadonlySet<Sha256>): Promise<void>;
};

type Seen = { readonly size: number; readonly changed: number; hash?: Sha256 };

export function openMediaInbox(data: string, media: MediaStore, log: Logger): MediaInbox {
  const folder = join(data, 'inbox', 'media');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let seen = new Map<string, Seen>();

  const take = async (name: string, file: Seen, wanted: ReadonlySet<Sha256>): Promise<void> => {
    const path = join(folder, name);
    // A film that no course shows yet lies there until one does; it is not read through each time.
    file.hash ??= await hashOfFile(path);
    if (!wanted.has(file.hash) || media.has(file.hash)) return;
    if (await media.adopt(file.hash, path)) log.info({ file: name, hash: file.hash }, 'taken in from the inbox');
  };
  return {
    async look(wanted) {
      const now = filesIn(folder, seen);
      // What still grows is being copied.
      const whole = [...now].filter(([name, { size, changed }]) => isSame(seen.get(name), size, changed));
      seen = now;
      for (const [name, file] of whole)
        await take(name, file, wanted).catch((error) => log.warn({ file: name, error: String(error) }, 'inbox'));
    },
  };
}

const isSame = (before: Seen | undefined, size: number, changed: number): boolean =>
  before?.size === size && before.changed === changed;

function filesIn(folder: string, before: ReadonlyMap<string, Seen>): Map<string, Seen> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile() && !/^\./.test(file.name));
  return new Map(
    files.flatMap(({ name }) => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      if (!stat) return [];
      const known = before.get(name);
      const seen = isSame(known, stat.size, stat.mtimeMs) && known;
      return [[name, seen || { size: stat.size, changed: stat.mtimeMs }] as const];
    }),
  );
}
