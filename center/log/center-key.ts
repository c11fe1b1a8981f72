import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CenterKeyList } from '../../contract/records/center-keys.ts';
import { instant } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import {
  type CenterKeySet,
  generateSigningKey,
  isGood,
  keyId,
  openCenterKeys,
  openSigner,
  type Signer,
} from '../../proof/index.ts';
import { writeSecretFile } from '../base/index.ts';
import { type Database, lockStart, type Queries, select, selectOne } from '../database/index.ts';

/** What the center signs with, and every key that its root has given it. */
export type OpenCenterKey = {
  readonly signer: Signer;
  /** As they were read last. */
  readonly keys: CenterKeySet;
  /**
   * Reads both anew: another program may have revoked a key, or brought another. Asked again within two seconds it does nothing.
   * What it cannot make sense of changes nothing.
   */
  readAnew(): Promise<void>;
};

const JUST_READ_MS = 2_000;

export const rootFile = (data: string): string => join(data, 'center.key');
export const issuingFile = (data: string): string => join(data, 'issuing.key');
/** Where private keys may lie, for whoever backs them up. */
export const keyFiles = (data: string): readonly string[] => [rootFile(data), issuingFile(data)];

/**
 * The keys that everything the center says is signed with (PKCS#8 DER, mode 0600, in the data folder): `issuing.key` where the root
 * has given it one that is good now, else the root, `center.key`, which is made on first start and may be taken away afterwards. Of
 * several centers that start on an empty database at once, the first binds it to its root before anything is signed; to the others
 * it is then a database that was signed with another one.
 * @throws Error where this database was signed with another root: receipts under a new one would be worthless to everybody who
 * holds the published one, so the operator must bring the old file back; or where the root never signed the issuing key
 * @throws Refusal `issuing-key-missing` where the root is elsewhere, and no issuing key is good now
 */
export async function openCenterKey(data: string, db: Database, now: () => Date): Promise<OpenCenterKey> {
  const online = await db.transaction(async (tx) => {
    await lockStart(tx);
    return bindKey(data, tx);
  });
  const live = { online };
  const signer = signingNow(live, now);
  mustSign(signer);
  let read = Number.NEGATIVE_INFINITY;
  return {
    signer,
    keys: liveKeys(live),
    async readAnew() {
      if (performance.now() - read < JUST_READ_MS) return;
      read = performance.now();
      live.online = await readOnline(data, db, live.online);
    },
  };
}

async function bindKey(data: string, db: Queries): Promise<Online> {
  const known = await knownRoot(db);
  const issuing = await signerIn(issuingFile(data));
  const root = (await signerIn(rootFile(data))) ?? (known ? undefined : await makeRoot(data));
  if (known && root && known !== root.publicKey)
    throw new Error(`${rootFile(data)} is not the key this database was signed with`);
  if (!root && !issuing) return missing(rootFile(data));
  const publicKey = known ?? (root as Signer).publicKey;
  if (!known) await db.query('INSERT INTO center (id, public_key) VALUES (1, $1)', [publicKey]);
  const online: Online = { root, issuing, keys: openCenterKeys(publicKey, await readCenterKeys(db)) };
  if (!isKnown(online))
    throw new Error(
      `${issuingFile(data)} is a key that the root of this center never signed: make one with keys issue`,
    );
  return online;
}

/** A root that was taken offline signs no more, and what the root never signed, or has not yet, is not begun with. */
async function readOnline(data: string, db: Database, before: Online): Promise<Online> {
  const keys = openCenterKeys(before.keys.root, await readCenterKeys(db));
  const root = await signerIn(rootFile(data));
  const issuing = await signerIn(issuingFile(data));
  const read = {
    keys,
    root: root && root.publicKey !== keys.root ? before.root : root,
    issuing: isKnown({ issuing, keys }) ? issuing : before.issuing,
  };
  // With neither file nobody has meant that: the folder is away.
  return root || issuing ? read : { ...before, keys };
}

const isKnown = ({ issuing, keys }: Pick<Online, 'issuing' | 'keys'>): boolean =>
  issuing === undefined || keys.byId.has(keyId(issuing.publicKey));

/** Whoever holds it sees what was read last. */
const liveKeys = (live: { readonly online: Online }): CenterKeySet => ({
  get root() {
    return live.online.keys.root;
  },
  get keys() {
    return live.online.keys.keys;
  },
  get revocations() {
    return live.online.keys.revocations;
  },
  get byId() {
    return live.online.keys.byId;
  },
});

type Online = {
  readonly root: Signer | undefined;
  readonly issuing: Signer | undefined;
  readonly keys: CenterKeySet;
};

/** Signs with the issuing key as long as that is good, and then with the root where that is here. */
function signingNow(live: { readonly online: Online }, now: () => Date): Signer {
  const current = (): Signer => {
    const { root, issuing, keys } = live.online;
    const key = issuing && keys.byId.get(keyId(issuing.publicKey));
    // Revoked is revoked, whatever the clocks of two programs say.
    if (issuing && key && !key.revokedAt && isGood(key, instant(now()))) return issuing;
    if (root) return root;
    throw new Refusal('issuing-key-missing', `the issuing key was good until ${key?.revokedAt ?? key?.until}`);
  };
  return {
    get publicKey() {
      return current().publicKey;
    },
    sign: (type, payload) => current().sign(type, payload),
    signPacked: (type, packed) => current().signPacked(type, packed),
    signNote: (text) => current().signNote(text),
    signDigests: (digests) => current().signDigests(digests),
  };
}

/** A center that may sign nothing does not start. @throws Refusal `issuing-key-missing` */
const mustSign = ({ publicKey }: Signer): PublicKey => publicKey;

/** The root as this database knows it; nothing before the first start. */
export async function knownRoot(db: Queries): Promise<PublicKey | undefined> {
  const shape = z.object({ publicKey: PublicKey });
  return (await selectOne(db, shape, 'SELECT public_key AS "publicKey" FROM center'))?.publicKey;
}

/** What is written down of the keys of this center, the oldest first. Whether its root signed it, whoever reads it finds out. */
export async function readCenterKeys(db: Queries): Promise<CenterKeyList> {
  const shape = z.object({ statement: z.string(), revocation: z.string().nullable() });
  const rows = await select(db, shape, 'SELECT statement, revocation FROM center_keys ORDER BY added_at, public_key');
  return {
    keys: rows.map(({ statement }) => statement),
    revocations: rows.flatMap(({ revocation }) => revocation ?? []),
  };
}

async function makeRoot(data: string): Promise<Signer> {
  const key = generateSigningKey();
  await writeSecretFile(rootFile(data), key);
  return openSigner(key);
}

function missing(file: string): never {
  throw new Error(`${file} is missing, and this database was signed with it: restore it from your backup`);
}

/** @returns nothing where there is no such file */
export async function signerIn(file: string): Promise<Signer | undefined> {
  try {
    return openSigner(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
