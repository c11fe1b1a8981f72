import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PublicKey } from '../../contract/words/keys.ts';
import { generateSigningKey, openSigner, type Signer } from '../../proof/index.ts';
import { writeSecretFile } from '../base/index.ts';
import { type Database, selectOne } from '../database/index.ts';

/**
 * The key that everything the center says is signed with, from `center.key` (PKCS#8 DER, mode 0600) in the data folder;
 * made on first start.
 * @throws Error where this database was signed with another key: receipts under a new key would be worthless to everybody
 * who holds the published one, so the operator must bring the old file back
 */
export async function openCenterKey(data: string, db: Database): Promise<Signer> {
  const file = join(data, 'center.key');
  const known = await selectOne(db, z.object({ publicKey: PublicKey }), 'SELECT public_key AS "publicKey" FROM center');
  const signer = openSigner((await readIfThere(file)) ?? (known ? missing(file) : await makeKey(file)));
  if (known && known.publicKey !== signer.publicKey)
    throw new Error(`${file} is not the key this database was signed with`);
  await db.query('INSERT INTO center (id, public_key) VALUES (1, $1) ON CONFLICT (id) DO NOTHING', [signer.publicKey]);
  return signer;
}

async function makeKey(file: string): Promise<Uint8Array> {
  const key = generateSigningKey();
  await writeSecretFile(file, key);
  return key;
}

function missing(file: string): never {
  throw new Error(`${file} is missing, and this database was signed with it: restore it from your backup`);
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
