import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { temporaryFolder } from '../tests/kit/folders.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A zip of these files, as bytes. */
export const zipOf = (files: Files): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          typeof content === 'string' ? Buffer.from(content) : content,
        ]),
      ) as Zippable,
    ),
  );

/** Bytes as a file of a folder that is gone after the test. */
export function fileOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), `${randomUUID()}.zip`);
  writeFileSync(path, bytes);
  return path;
}

/** Every occurrence replaced by something as long: how a zip is broken by hand. */
export function patched(bytes: Buffer, from: string | Buffer, to: string | Buffer): Buffer {
  const [old, next] = [Buffer.from(from), Buffer.from(to)];
  if (old.length !== next.length) throw new Error('a patch is as long as what it replaces');
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + next.length)) next.copy(copy, at);
  return copy;
}
