import { closeSync, createReadStream, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { Refusal } from '../../contract/words/reasons.ts';

/** A course with films is large; what is larger than this was packed to fill a disk. */
const MOST_BYTES = 20_000_000_000;
const MOST_FILES = 10_000;
/** Films do not pack: so many times its own size comes out of no course, once that is much. */
const [FREE_BYTES, MOST_RATIO] = [100_000_000, 100];

/**
 * Unpacks a zip into an empty folder, a piece at a time: films need not fit into memory.
 * @throws Refusal `course-unreadable` where it is none, leads out of the folder, or has no end
 */
export async function unpackZip(path: string, folder: string): Promise<void> {
  const most = Math.min(MOST_BYTES, Math.max(FREE_BYTES, statSync(path).size * MOST_RATIO));
  let [files, bytes] = [0, 0];
  const open = new Set<number>();
  const unzip = new Unzip((file) => {
    files += 1;
    if (files > MOST_FILES) throw bad(path, `more than ${MOST_FILES} files`);
    if (file.name.endsWith('/')) return;
    write(file, placeOf(folder, file.name, path), open, (more) => {
      bytes += more;
      if (bytes > most) throw bad(path, `more than ${most} bytes`);
    });
  });
  unzip.register(UnzipInflate);
  try {
    for await (const piece of createReadStream(path)) unzip.push(piece as Buffer);
    unzip.push(new Uint8Array(), true);
  } catch (error) {
    throw error instanceof Refusal ? error : bad(path, (error as Error).message);
  } finally {
    for (const handle of open) closeSync(handle);
  }
  if (files === 0) throw bad(path, 'it is no zip, or an empty one');
}

function write(file: UnzipFile, to: string, open: Set<number>, count: (bytes: number) => void): void {
  mkdirSync(dirname(to), { recursive: true });
  const handle = openSync(to, 'wx');
  open.add(handle);
  file.ondata = (error, data, final) => {
    if (error) throw error;
    count(data.length);
    for (let at = 0; at < data.length; ) at += writeSync(handle, data, at);
    if (!final) return;
    closeSync(handle);
    open.delete(handle);
  };
  file.start();
}

function placeOf(folder: string, name: string, zip: string): string {
  const to = resolve(folder, name.replaceAll('\\', '/'));
  if (!to.startsWith(resolve(folder) + sep)) throw bad(zip, `${name} leads out of it`);
  return to;
}

const bad = (path: string, detail: string): Refusal => new Refusal('course-unreadable', `${path}: ${detail}`);
