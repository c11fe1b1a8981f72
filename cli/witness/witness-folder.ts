import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { generateSigningKey, type Head, openSigner, type Signer, sha256 } from '../../proof/index.ts';
import { makePrivateFolder } from '../../proof/secrets/private-files.ts';
import { isNoteName, type NoteKey, witnessKey } from '../../proof/transparency/index.ts';
import { type Database, migrate, openDatabase } from '../../station/core/database/index.ts';

/** What a witness saw last of a log. `note`: the checkpoint as the log signed it, with its own cosignature. */
export type Seen = Head & { readonly note: string };

/** A witness as it lies in a folder: its key, its name, and what it saw last of each log. */
export type WitnessFolder = Disposable & {
  readonly key: NoteKey;
  readonly signer: Signer;
  last(origin: string): Seen | undefined;
  /** The same by the hash of the origin, as addresses have it. */
  lastByHash(hash: string): Seen | undefined;
  /** Looks and keeps in one step that nobody else comes between; on disk before it returns. */
  exclusively<T>(work: (keep: (origin: string, seen: Seen) => void) => T): T;
  /** Writes down what a log signed that does not fit together. @returns the file */
  keepEvidence(evidence: Evidence): string;
};

/** Two checkpoints of one log, in its own signature. */
export type Evidence = {
  readonly origin: string;
  readonly logKey: string;
  /** What is wrong with them. */
  readonly found: string;
  readonly at: string;
  readonly first: string;
  readonly second: string;
};

const KEY = 'witness.key';
const NAME = 'witness.json';
const SCHEMA = [
  'CREATE TABLE seen (origin TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL) STRICT;',
];
const Named = z.strictObject({ format: z.literal('exam-station/witness@1'), name: z.string().refine(isNoteName) });
type Row = { readonly size: number; readonly root: Buffer; readonly note: string };

/** @throws Error where the folder holds a witness already */
export function makeWitness(folder: string, name: string): NoteKey {
  const key = resolve(folder, KEY);
  if (existsSync(key)) throw new Error(`${folder} holds a witness already: name another folder`);
  const signer = openSigner(generateSigningKeyInto(folder, key));
  const made = witnessKey(name, signer.publicKey);
  writeDurably(join(folder, NAME), `${JSON.stringify(Named.parse({ format: 'exam-station/witness@1', name }))}\n`);
  return made;
}

function generateSigningKeyInto(folder: string, file: string): Uint8Array {
  makePrivateFolder(folder);
  const key = generateSigningKey();
  writeDurably(file, key);
  return key;
}

/** @throws Error where no witness lies there */
export function openWitness(folder: string): WitnessFolder {
  const file = join(folder, KEY);
  if (!existsSync(file)) throw new Error(`no witness lies in ${folder}: make one with witness init`);
  makePrivateFolder(folder);
  const signer = openSigner(readFileSync(file));
  const { name } = Named.parse(JSON.parse(readFileSync(join(folder, NAME), 'utf8')));
  const database = openDatabase(join(folder, 'witness.db'));
  migrate(database, 'witness', SCHEMA);
  return { ...readingAndWriting(database), signer, key: witnessKey(name, signer.publicKey), ...evidenceIn(folder) };
}

function readingAndWriting(database: Database) {
  const byOrigin = database.prepare<[string], Row>('SELECT size, root, note FROM seen WHERE origin = ?');
  const byHash = database.prepare<[string], Row>('SELECT size, root, note FROM seen WHERE hash = ?');
  const put = database.prepare('INSERT OR REPLACE INTO seen (origin, hash, size, root, note) VALUES (?, ?, ?, ?, ?)');
  const keep = (origin: string, { size, root, note }: Seen): void =>
    void put.run(origin, sha256(origin), size, Buffer.from(root), note);
  return {
    last: (origin: string) => byOrigin.get(origin),
    lastByHash: (hash: string) => byHash.get(hash),
    exclusively: <T>(work: (put: typeof keep) => T): T => database.transaction(() => work(keep)).immediate(),
    [Symbol.dispose]: () => void database.close(),
  };
}

const evidenceIn = (folder: string): Pick<WitnessFolder, 'keepEvidence'> => ({
  keepEvidence(evidence) {
    const text = `${JSON.stringify({ format: 'exam-station/log-fork@1', ...evidence }, null, 2)}\n`;
    const name = `fork-${sha256(evidence.first + evidence.second).slice(0, 16)}.json`;
    const path = join(folder, name);
    if (!existsSync(path)) writeDurably(path, text);
    return path;
  },
});

/** Whole or not at all, and there after a power cut. */
function writeDurably(file: string, content: Uint8Array | string): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, Buffer.from(content));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}
