import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BackupHead, type BackupLine, digestOf, RowSum, readLine, type TextRow } from './lines.ts';
import { SEALED, unseal } from './passphrase.ts';

export type BackupSource = { readonly file: string; readonly passphrase?: string | undefined };

/** What a backup says, in its order; sums are held against what came, before the end of each is told. */
export type Said =
  | { readonly is: 'head'; readonly head: BackupHead }
  | { readonly is: 'table'; readonly table: string; readonly columns: readonly string[] }
  | { readonly is: 'row'; readonly row: TextRow }
  | { readonly is: 'table-end'; readonly rows: number; readonly hash: string }
  | { readonly is: 'file'; readonly path: string }
  | { readonly is: 'piece'; readonly bytes: Buffer }
  | { readonly is: 'file-end'; readonly bytes: number; readonly hash: string };

/**
 * Reads a backup to its end.
 * @throws Error where it is none, was changed or is cut off, or the passphrase is missing or another
 */
export async function* readBackup(source: BackupSource): AsyncGenerator<Said> {
  const whole = createHash('sha256');
  const state: State = { sum: undefined, columns: 0, file: undefined };
  let head: BackupHead | undefined;
  let ended = false;
  for await (const line of linesIn(await plain(source))) {
    if (ended) throw new Error('there is something behind the end of the backup');
    if (!head) {
      head = BackupHead.parse(JSON.parse(line));
      yield { is: 'head', head };
    } else {
      const read = readLine(line);
      if (isEnd(read)) {
        mustBe(read.hash, digestOf(whole), 'the backup');
        mustBeBetween(state);
        ended = true;
      } else yield step(state, read);
    }
    if (!ended) whole.update(line).update('\n');
  }
  if (!ended) throw new Error('the backup is cut off');
}

const isEnd = (line: BackupLine): line is { readonly end: 'backup'; readonly hash: never } =>
  typeof line === 'object' && 'end' in line && line.end === 'backup';

type State = {
  sum: RowSum | undefined;
  columns: number;
  file: { readonly hash: ReturnType<typeof createHash>; bytes: number } | undefined;
};

function mustBeBetween({ sum, file }: State): void {
  if (sum || file) throw new Error('a part of the backup has no end');
}

function step(state: State, line: BackupLine): Said {
  if (Array.isArray(line)) return row(state, line);
  if (typeof line === 'string') return piece(state, Buffer.from(line, 'base64'));
  if ('end' in line) return line.end === 'table' ? tableEnd(state, line) : fileEnd(state, line as FileEnd);
  mustBeBetween(state);
  if ('table' in line) {
    Object.assign(state, { sum: new RowSum(), columns: line.columns.length });
    return { is: 'table', table: line.table, columns: line.columns };
  }
  state.file = { hash: createHash('sha256'), bytes: 0 };
  return { is: 'file', path: line.file };
}

function row({ sum, columns }: State, values: TextRow): Said {
  if (!sum || values.length !== columns) throw new Error('a row of the backup belongs to no table');
  sum.add(values);
  return { is: 'row', row: values };
}

function piece({ file }: State, bytes: Buffer): Said {
  if (!file) throw new Error('a piece of the backup belongs to no file');
  file.hash.update(bytes);
  file.bytes += bytes.length;
  return { is: 'piece', bytes };
}

function tableEnd(state: State, { rows, hash }: { readonly rows: number; readonly hash: string }): Said {
  mustBe([rows, hash], state.sum && [state.sum.rows, state.sum.hash], 'a table');
  state.sum = undefined;
  return { is: 'table-end', rows, hash };
}

type FileEnd = { readonly bytes: number; readonly hash: string };
function fileEnd(state: State, { bytes, hash }: FileEnd): Said {
  mustBe([bytes, hash], state.file && [state.file.bytes, digestOf(state.file.hash)], 'a file');
  state.file = undefined;
  return { is: 'file-end', bytes, hash };
}

function mustBe(said: unknown, found: unknown, what: string): void {
  if (JSON.stringify(said) !== JSON.stringify(found))
    throw new Error(`${what} is not what was backed up: it was changed`);
}

async function plain({ file, passphrase }: BackupSource): Promise<AsyncIterable<Uint8Array>> {
  const start = await startOf(file);
  const bytes = createReadStream(file);
  const isSealed = start.equals(SEALED);
  if (isSealed && passphrase === undefined)
    throw new Error(`${file} is sealed: name the file with its passphrase, --passphrase-file FILE`);
  if (!isSealed && !start.subarray(0, 2).equals(GZIP)) throw new Error(`${file} is no backup of a center`);
  const packed = isSealed ? Readable.from(unseal(bytes, passphrase as string), { objectMode: false }) : bytes;
  const gunzip = createGunzip();
  packed.once('error', (error: Error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
}
const GZIP = Buffer.from([0x1f, 0x8b]);

async function startOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SEALED.length), 0, SEALED.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** By line feeds alone: readline would part texts at other ends of lines too. */
async function* linesIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let waiting: Uint8Array[] = [];
  for await (const some of bytes) {
    let rest = Buffer.from(some.buffer, some.byteOffset, some.length);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield Buffer.concat([...waiting, rest.subarray(0, end)]).toString('utf8');
      waiting = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) waiting.push(rest);
  }
  if (waiting.length > 0) throw new Error('the backup is cut off');
}
