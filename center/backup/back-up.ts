import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Instant, instant } from '../../contract/words/ids.ts';
import { type Database, type Queries, schemaNumbers } from '../database/index.ts';
import { mediaHashes, mediaKey } from '../learning/index.ts';
import { keyFiles, logState } from '../log/index.ts';
import type { ObjectKey, Objects } from '../objects/index.ts';
import program from '../package.json' with { type: 'json' };
import { keptPhotos } from '../people/index.ts';
import { type Checked, checkBackup } from './check.ts';
import { type BackupHead, digestOf, lineOf, RowSum, toldAs } from './lines.ts';
import { seal } from './passphrase.ts';
import { readRows } from './read-rows.ts';
import { type Table, tablesIn, writePlainText } from './tables.ts';

export type BackupWish = {
  readonly to: string;
  /** Films and documents of courses too, and photos that lie in a store. */
  readonly media: boolean;
  /** The center's private keys too: then with a passphrase. */
  readonly keys: boolean;
  readonly passphrase?: string | undefined;
};

/** Missing is, besides, what the database names and nobody has. */
export type BackedUp = Checked & {
  readonly file: string;
};

/** Where all of it is. */
export type BackupPlace = { readonly db: Database; readonly data: string; readonly objects: Objects };

/**
 * Writes all that a center keeps into one file, as of one moment, and reads it again. The center may go on meanwhile where its
 * database is a server.
 * @throws Error with a sentence for the person who typed it; then there is no such file
 */
export async function backUp(place: BackupPlace, wish: BackupWish, now: Date): Promise<BackedUp> {
  if (wish.keys && !wish.passphrase)
    throw new Error('--with-keys takes --passphrase-file FILE: nobody else may read them');
  if (await stat(wish.to).catch(() => undefined)) throw new Error(`${wish.to} is there already`);
  const draft = `${wish.to}.part`;
  const missing: string[] = [];
  await rm(draft, { force: true });
  try {
    await inSnapshot(place.db, (tx) => writeAll(draft, wish, linesOf(tx, place, wish, { at: instant(now), missing })));
    const checked = await checkBackup({ file: draft, passphrase: wish.passphrase });
    await rename(draft, wish.to);
    await syncFolder(wish.to);
    return { ...checked, file: wish.to, missing: [...missing, ...checked.missing] };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

const inSnapshot = <T>(db: Database, work: (tx: Queries) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    if ((await schemaNumbers(tx)).length === 0) throw new Error('there is no center in this database yet');
    await writePlainText(tx);
    return work(tx);
  });

async function writeAll(file: string, { passphrase }: BackupWish, lines: AsyncIterable<Buffer>): Promise<void> {
  const packed = createGzip();
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  if (passphrase === undefined) return pipeline(Readable.from(lines), packed, out);
  await pipeline(Readable.from(lines), packed, (pieces: AsyncIterable<Uint8Array>) => seal(pieces, passphrase), out);
}

/** The name of a file is on disk when its folder is. */
async function syncFolder(file: string): Promise<void> {
  const folder = await open(join(dirname(file), '.'), 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

type Taking = { readonly at: Instant; readonly missing: string[] };

/** All lines, and at the end the hash of all of them. */
async function* linesOf(
  tx: Queries,
  { data, objects }: Omit<BackupPlace, 'db'>,
  wish: BackupWish,
  taking: Taking,
): AsyncGenerator<Buffer> {
  const whole = createHash('sha256');
  const said = (text: string): Buffer => {
    whole.update(text);
    return Buffer.from(text);
  };
  yield said(lineOf(await headOf(tx, wish, taking.at)));
  for (const table of await tablesIn(tx)) for await (const text of linesOfTable(tx, table)) yield said(text);
  for await (const key of wish.media ? objectsIn(tx) : []) {
    const read = await objects.read(key);
    if (read) for await (const text of linesOfFile(key, read)) yield said(text);
    else taking.missing.push(toldAs(key));
  }
  for (const file of wish.keys ? keyFiles(data) : []) {
    const key = await readFile(file).catch(() => undefined);
    if (key) for await (const text of linesOfFile(basename(file), [key])) yield said(text);
  }
  yield Buffer.from(lineOf({ end: 'backup', hash: digestOf(whole) }));
}

async function* objectsIn(tx: Queries): AsyncGenerator<ObjectKey> {
  for (const hash of await mediaHashes(tx)) yield mediaKey(hash);
  yield* keptPhotos(tx);
}

async function headOf(tx: Queries, { media, keys }: BackupWish, at: Instant): Promise<BackupHead> {
  const { centerKey, ...log } = await logState(tx);
  const schema = await schemaNumbers(tx);
  return { format: 'exam-station/center-backup@1', at, program: program.version, schema, centerKey, log, media, keys };
}

async function* linesOfTable(tx: Queries, table: Table): AsyncGenerator<string> {
  yield lineOf({ table: table.name, columns: table.columns.map(({ name }) => name) });
  const sum = new RowSum();
  for await (const page of readRows(tx, table)) {
    for (const row of page) sum.add(row);
    yield page.map(lineOf).join('');
  }
  yield lineOf({ end: 'table', rows: sum.rows, hash: sum.hash });
}

async function* linesOfFile(file: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  yield lineOf({ file });
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    yield lineOf(Buffer.from(piece).toString('base64'));
  }
  yield lineOf({ end: 'file', bytes, hash: digestOf(hash) });
}
