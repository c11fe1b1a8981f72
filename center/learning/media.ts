import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Media } from '../../contract/words/course.ts';
import { Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, mustStillBeKept } from '../base/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import type { ByteRange, ObjectKey } from '../objects/index.ts';
import { type Manager, mustBeShown, mustManage, type Student } from '../tenants/index.ts';
import { mediaKey, readMedia, writeMedia } from './media-files.ts';

/**
 * Keeps a film or a document of a tenant's courses. Whoever puts one sends its bytes, also where another tenant has the same:
 * to know what it hashes to is not to have it.
 * @throws Refusal `hash-mismatch`, `media-type-unknown`, `media-too-large`, `objects-away`
 */
export async function putMedia(
  actor: Manager,
  { db, ...place }: Pick<Center, 'data' | 'objects'> & { readonly db: Queries },
  tenantId: TenantId,
  hash: Sha256,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  mustManage(actor, tenantId);
  const { type, bytes } = await writeMedia(place, hash, pieces);
  await inTransaction(db, async (tx) => {
    await tx.query(
      'INSERT INTO media (tenant_id, hash, type, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, hash) DO NOTHING',
      [tenantId, hash, type, bytes],
    );
    await mustStillBeKept(tx, place.objects, mediaKey(hash));
    await noteDone(actor, tx, { tenantId, what: 'media-put', subject: { kind: 'media', id: hash } });
  });
}

export async function listMedia(actor: Manager, db: Queries, tenantId: TenantId): Promise<readonly Media[]> {
  mustManage(actor, tenantId);
  return select(db, Media, 'SELECT hash, type, bytes FROM media WHERE tenant_id = $1 ORDER BY hash', [tenantId]);
}

/** Of all films and documents that anybody has, for whoever keeps a copy of everything. */
export async function mediaHashes(db: Queries): Promise<readonly Sha256[]> {
  const shape = z.object({ hash: Sha256 });
  // A database that no program of today has opened may have none.
  const [there] = await db.query("SELECT to_regclass('media') IS NOT NULL AS media");
  if (there?.media !== true) return [];
  return (await select(db, shape, 'SELECT DISTINCT hash FROM media ORDER BY hash')).map(({ hash }) => hash);
}

/** Which of these anybody has, for whoever clears away the others. */
export async function mediaNamed(tx: Queries, keys: readonly ObjectKey[]): Promise<ReadonlySet<ObjectKey>> {
  const hashes = keys.map((key) => key.slice(mediaKey('' as Sha256).length));
  const sql = 'SELECT DISTINCT hash FROM media WHERE hash = ANY($1::text[])';
  const rows = await select(tx, z.object({ hash: Sha256 }), sql, [hashes]);
  return new Set(rows.map(({ hash }) => mediaKey(hash)));
}

/** A film or a document, and its bytes, or part of them, as they are read. */
export type OpenMedia = Media & { read(range?: ByteRange): Promise<Readable> };

/**
 * A film or a document of this tenant; to everybody else it does not exist.
 * @throws Refusal `media-missing`
 */
export async function openMedia(
  actor: Student,
  { db, objects }: Pick<Center, 'db' | 'objects'>,
  tenantId: TenantId,
  hash: Sha256,
): Promise<OpenMedia> {
  mustBeShown(actor, tenantId);
  const sql = 'SELECT hash, type, bytes FROM media WHERE tenant_id = $1 AND hash = $2';
  const media = await selectOne(db, Media, sql, [tenantId, hash]);
  if (!media) throw new Refusal('media-missing');
  return { ...media, read: (range) => readMedia(objects, hash, range) };
}

/** @throws Refusal `media-missing` naming the first that is not there, or is another one than the course says */
export async function mustHaveMedia(db: Queries, tenantId: TenantId, wanted: readonly Media[]): Promise<void> {
  const sql = 'SELECT hash, type, bytes FROM media WHERE tenant_id = $1 AND hash = ANY($2::text[])';
  const rows = await select(db, Media, sql, [tenantId, wanted.map(({ hash }) => hash)]);
  const there = new Map(rows.map((media) => [media.hash, media]));
  for (const { hash, type, bytes } of wanted) {
    const media = there.get(hash);
    if (!media) throw new Refusal('media-missing', hash);
    if (media.type !== type || media.bytes !== bytes)
      throw new Refusal('bad-message', `${hash} is ${media.type} of ${media.bytes} bytes`);
  }
}
