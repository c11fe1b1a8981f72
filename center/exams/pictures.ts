import { z } from 'zod';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { hasFewPixels, PICTURE_MAX_PIXELS } from '../../contract/words/picture-size.ts';
import { PICTURE_MAX_BYTES } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { bytesByHash, inTransaction, type Queries, select } from '../database/index.ts';
import { type Manager, mustBeShown, mustManage, type Student } from '../tenants/index.ts';

const pictures = bytesByHash('pictures');

const WHAT_IT_MAY_BE = `PNG, JPEG, GIF or WebP of up to ${PICTURE_MAX_BYTES} bytes and ${PICTURE_MAX_PIXELS} pixels`;

/**
 * Stores a picture of an item under its hash.
 * @throws Refusal `picture-unreadable` where the bytes do not begin as a picture, or they or its pixels are too many
 */
export async function addPicture(actor: Manager, tx: Queries, tenantId: TenantId, bytes: Uint8Array): Promise<Sha256> {
  mustManage(actor, tenantId);
  if (bytes.length > PICTURE_MAX_BYTES || !hasFewPixels(bytes)) throw new Refusal('picture-unreadable', WHAT_IT_MAY_BE);
  return inTransaction(tx, async (open) => {
    const id = await pictures.add(open, tenantId, bytes);
    await noteDone(actor, open, { tenantId, what: 'picture-put', subject: { kind: 'picture', id } });
    return id;
  });
}

/**
 * A picture of this tenant; to everybody else it does not exist.
 * @throws Refusal `picture-missing`
 */
export async function readPicture(actor: Student, db: Queries, tenantId: TenantId, hash: Sha256): Promise<Uint8Array> {
  mustBeShown(actor, tenantId);
  const bytes = await pictures.read(db, tenantId, hash);
  if (!bytes) throw new Refusal('picture-missing');
  return bytes;
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
