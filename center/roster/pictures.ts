import { z } from 'zod';
import type { Sha256, TenantId } from '../../contract/ids.ts';
import { PICTURE_MAX_BYTES, pictureType } from '../../contract/pictures.ts';
import { sha256 } from '../../contract/proof/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import { type Queries, select, selectOne } from '../database/index.ts';

/**
 * Stores a picture of an item under its hash.
 * @throws Refusal `picture-unreadable` where the bytes do not begin as a picture, or are too many
 */
export async function addPicture(tx: Queries, tenantId: TenantId, bytes: Uint8Array): Promise<Sha256> {
  if (!pictureType(bytes) || bytes.length > PICTURE_MAX_BYTES)
    throw new Refusal('picture-unreadable', `PNG, JPEG, GIF or WebP of up to ${PICTURE_MAX_BYTES} bytes`);
  const hash = sha256(bytes);
  await tx.query(
    'INSERT INTO pictures (tenant_id, hash, bytes) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, hash) DO NOTHING',
    [tenantId, hash, bytes],
  );
  return hash;
}

/**
 * A picture of this tenant; to everybody else it does not exist.
 * @throws Refusal `picture-missing`
 */
export async function readPicture(db: Queries, tenantId: TenantId, hash: Sha256): Promise<Uint8Array> {
  const shape = z.object({ bytes: z.instanceof(Uint8Array) });
  const sql = 'SELECT bytes FROM pictures WHERE tenant_id = $1 AND hash = $2';
  const row = await selectOne(db, shape, sql, [tenantId, hash]);
  if (!row) throw new Refusal('picture-missing');
  return row.bytes;
}

/** @throws Refusal `picture-missing` naming the first that is not there */
export async function mustHavePictures(db: Queries, tenantId: TenantId, hashes: ReadonlySet<Sha256>): Promise<void> {
  if (hashes.size === 0) return;
  const sql = 'SELECT hash FROM pictures WHERE tenant_id = $1 AND hash = ANY($2)';
  const rows = await select(db, z.object({ hash: z.string() }), sql, [tenantId, [...hashes]]);
  const there = new Set(rows.map(({ hash }) => hash));
  const missing = [...hashes].find((hash) => !there.has(hash));
  if (missing) throw new Refusal('picture-missing', missing);
}
