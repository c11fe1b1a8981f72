import { randomBytes } from 'node:crypto';
import { constants, copyFile, open, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { keyEntry, keyRevocationEntry } from '../../contract/log/entries.ts';
import type { CenterKeyRevocation, CenterKeyStatement } from '../../contract/records/center-keys.ts';
import { type Instant, instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import {
  generateSigningKey,
  isGood,
  keyId,
  openCenterKeys,
  openSigner,
  type Signer,
  verifyJws,
} from '../../proof/index.ts';
import { writeSecretFile } from '../base/index.ts';
import type { Database } from '../database/index.ts';
import { issuingFile, knownRoot, readCenterKeys, rootFile, signerIn } from './center-key.ts';
import { logEntries } from './entries.ts';

const DAY_MS = 24 * 3_600_000;

/** Where a center keeps its keys and what it logged. `root`: a file with the root, where that is not in the data folder. */
export type KeyPlace = { readonly db: Database; readonly data: string; readonly root?: string | undefined };

/**
 * Gives the center a new key to sign with, in the place of the one that it had: the root says so, the log holds it, and the old
 * private key is gone with its file. A center that runs meanwhile takes it up by itself.
 * @throws Error with a sentence for the person who typed it
 */
export async function issueKey(
  place: KeyPlace,
  days: number,
  now: Date,
): Promise<{ readonly keyId: string; readonly until: Instant; readonly file: string }> {
  const root = await rootOf(place);
  const secret = generateSigningKey();
  const { publicKey } = openSigner(secret);
  const until = instant(new Date(now.getTime() + days * DAY_MS));
  const says: CenterKeyStatement = { format: 'exam-station/center-key@1', publicKey, from: instant(now), until };
  const statement = root.sign('exam-station/center-key', says);
  await place.db.transaction(async (tx) => {
    await logEntries(tx, { now: () => now }, [keyEntry(statement)]);
    const sql = 'INSERT INTO center_keys (public_key, statement, added_at) VALUES ($1, $2, $3)';
    await tx.query(sql, [publicKey, statement, now.toISOString()]);
  });
  // Behind the statement: after a crash in between, the key of before is still here, and still good.
  const file = issuingFile(place.data);
  await writeSecretFile(file, secret);
  return { keyId: keyId(publicKey), until, file };
}

/**
 * Ends a key of the center for good, in the name of its root.
 * @throws Error where this center never had such a key; revoked again, the first revocation stands
 */
export async function revokeKey(
  place: KeyPlace,
  id: string,
  now: Date,
): Promise<{ readonly keyId: string; readonly revokedAt: Instant }> {
  const root = await rootOf(place);
  const known = openCenterKeys(root.publicKey, await readCenterKeys(place.db)).byId.get(id);
  if (!known?.until) throw new Error(`this center has no issuing key ${id}`);
  if (known.revokedAt) return { keyId: id, revokedAt: known.revokedAt };
  const { publicKey } = known;
  const at = instant(now);
  const says: CenterKeyRevocation = { format: 'exam-station/center-key-revocation@1', publicKey, at };
  const revocation = root.sign('exam-station/center-key-revocation', says);
  await place.db.transaction(async (tx) => {
    await logEntries(tx, { now: () => now }, [keyRevocationEntry(revocation)]);
    await tx.query('UPDATE center_keys SET revocation = $2 WHERE public_key = $1', [publicKey, revocation]);
  });
  return { keyId: id, revokedAt: at };
}

/**
 * Copies the root elsewhere, tries the copy by signing with it, and erases the original.
 * @throws Error where the center could not sign without it, the file is there already, or the copy is another key
 */
export async function takeRootOffline(
  { db, data }: KeyPlace,
  to: string,
  now: Date,
): Promise<{ readonly keyId: string; readonly file: string }> {
  const { publicKey } = await rootOf({ db, data });
  const issuing = await signerIn(issuingFile(data));
  const keys = openCenterKeys(publicKey, await readCenterKeys(db));
  const its = issuing && keys.byId.get(keyId(issuing.publicKey));
  if (!its || !isGood(its, instant(now)))
    throw new Error(
      'no issuing key is good now: without its root this center could sign nothing. Make one with keys issue',
    );
  const file = resolve(to);
  await copyDurably(rootFile(data), file);
  const copy = await signerIn(file);
  const jws = copy?.sign('exam-station/center', { challenge: randomBytes(32).toString('base64url') }) ?? '';
  if (verifyJws(jws, 'exam-station/center', publicKey) === undefined)
    throw new Error(`${file} does not sign as the root does: the root stays where it is`);
  await erase(rootFile(data));
  return { keyId: keyId(publicKey), file };
}

async function rootOf({ db, data, root: given }: KeyPlace): Promise<Signer> {
  const known: PublicKey | undefined = await knownRoot(db);
  if (!known) throw new Error('the center was never started there: start it once before');
  const file = given ?? rootFile(data);
  const root = await signerIn(file);
  if (!root) throw new Error(`${file} is not there: name the file with the root key, --root FILE`);
  if (root.publicKey !== known) throw new Error(`${file} is not the root of this center, which is ${keyId(known)}`);
  return root;
}

/** On disk before anything is erased; never over another file. */
async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL);
  const handle = await open(to, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Written over first: a disk of its own kind may keep older blocks nevertheless. */
async function erase(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    await handle.write(randomBytes(size), 0, size, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await unlink(file);
}
