import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { CandidateId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { PHOTO_MAX_PIXELS, saysTooMuch } from '../../contract/words/picture-size.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { type Center, mustStillBeKept } from '../base/index.ts';
import { bytesByHash, type Queries, select, selectOne } from '../database/index.ts';
import { type ObjectKey, type Objects, ObjectsTrouble } from '../objects/index.ts';
import { type Member, mustActFor, mustRead, type Reader } from '../tenants/index.ts';

/** Those of a center that has no store: they are there and gone with their row, also in a backup and beside another program. */
const photos = bytesByHash('photos');

/** Under what a store has one: of each firm by itself, so that what one erases is gone. */
export const photoKey = (tenantId: TenantId, hash: Sha256): ObjectKey => `photos/${tenantId}/${hash}`;

/** A photo as it came, and the store that has it already, where the center has one. */
export type BroughtPhoto = { readonly bytes: Buffer; readonly kept?: Objects | undefined };

/**
 * Brings a photo into the store, where the center has one, before anything is locked and before the row that names it is written.
 * @throws Refusal `objects-away`
 */
export async function bringPhoto(
  { objects }: Pick<Center, 'objects'>,
  tenantId: TenantId,
  bytes: Buffer,
): Promise<BroughtPhoto> {
  if (!objects.shared) return { bytes };
  await objects.put(photoKey(tenantId, sha256(bytes)), bytes);
  return { bytes, kept: objects };
}

/** @throws Refusal `photo-unreadable` where the bytes do not begin as a JPEG, or as one of more pixels than anybody decodes */
export function mustBePhoto(bytes: Uint8Array): void {
  if (pictureType(bytes) !== 'image/jpeg') throw new Refusal('photo-unreadable', 'this is no JPEG');
  // One that does not say it, or breaks off, a station finds out about, and tells.
  if (saysTooMuch(bytes, PHOTO_MAX_PIXELS)) throw new Refusal('photo-unreadable', `${PHOTO_MAX_PIXELS} pixels at most`);
}

/** Stores a reference photo under its hash. @throws Refusal `photo-unreadable`, `objects-away` */
export async function addPhoto(tx: Queries, tenantId: TenantId, { bytes, kept }: BroughtPhoto): Promise<Sha256> {
  mustBePhoto(bytes);
  if (!kept) return photos.add(tx, tenantId, bytes);
  const hash = sha256(bytes);
  // One from before that lay in its row lies in the store from now on.
  const sql = `INSERT INTO photos (tenant_id, hash) VALUES ($1, $2)
    ON CONFLICT (tenant_id, hash) DO UPDATE SET bytes = NULL WHERE photos.bytes IS NOT NULL`;
  await tx.query(sql, [tenantId, hash]);
  const key = photoKey(tenantId, hash);
  await mustStillBeKept(tx, kept, key, () => kept.put(key, bytes));
  return hash;
}

/** Nothing of one that lies in the store. */
const Bytes = z.object({ bytes: z.instanceof(Uint8Array).nullable() });

/**
 * A photo of this tenant; to everybody else it does not exist.
 * @throws Refusal `photo-missing`, `objects-away`
 */
export async function readPhoto(
  actor: Member,
  { db, objects }: Pick<Center, 'db' | 'objects'>,
  tenantId: TenantId,
  hash: Sha256,
): Promise<Uint8Array> {
  mustActFor(actor, tenantId);
  const sql = 'SELECT bytes FROM photos WHERE tenant_id = $1 AND hash = $2';
  const row = await selectOne(db, Bytes, sql, [tenantId, hash]);
  if (!row) throw new Refusal('photo-missing');
  return row.bytes ?? readKept(objects, tenantId, hash);
}

async function readKept(objects: Objects, tenantId: TenantId, hash: Sha256): Promise<Uint8Array> {
  const read = await objects.read(photoKey(tenantId, hash));
  if (!read) throw new Refusal('photo-missing');
  const bytes = await buffer(read).catch((error: unknown) => {
    throw new ObjectsTrouble(error);
  });
  // Somebody's face is held against it: it has to be what was looked at when it came.
  if (sha256(bytes) !== hash) throw new ObjectsTrouble(new Error('the store has another photo than was brought there'));
  return bytes;
}

const Unseen = z.object({ id: CandidateId, count: z.int() });

/** Of how many photos of each nobody could say here whether they would do; without those of whom there is none. */
export async function photosNotLookedAt(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
): Promise<ReadonlyMap<CandidateId, number>> {
  mustRead(actor, tenantId);
  const sql = `SELECT candidate_id AS id, count(*)::int AS count FROM candidate_photos
    WHERE tenant_id = $1 AND NOT looked GROUP BY candidate_id`;
  return new Map((await select(db, Unseen, sql, [tenantId])).map(({ id, count }) => [id, count]));
}

const Owner = z.object({ candidateId: CandidateId, photo: Sha256, name: z.string(), number: z.string() });
export type PhotoOwner = Readonly<z.infer<typeof Owner>>;

/** Whose photos these are; of those that nobody on the roster has any more, nothing. */
export async function photoOwners(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  hashes: readonly Sha256[],
): Promise<readonly PhotoOwner[]> {
  mustActFor(actor, tenantId);
  return select(
    db,
    Owner,
    `SELECT c.id AS "candidateId", p.hash AS photo, c.name, c.number FROM candidate_photos p
     JOIN candidates c ON c.tenant_id = p.tenant_id AND c.id = p.candidate_id
     WHERE p.tenant_id = $1 AND p.hash = ANY($2::text[]) ORDER BY c.name, c.id, p.hash`,
    [tenantId, [...new Set(hashes)]],
  );
}

/** Face data is kept no longer than somebody on the roster has it; in the store some seconds longer, or until it answers again. */
export async function dropUnusedPhotos(tx: Queries, tenantId: TenantId, hashes: readonly Sha256[]): Promise<void> {
  await tx.query(
    `WITH gone AS (
       DELETE FROM photos p WHERE p.tenant_id = $1 AND p.hash = ANY($2)
       AND NOT EXISTS (SELECT 1 FROM candidate_photos c WHERE c.tenant_id = $1 AND c.hash = p.hash)
       RETURNING p.tenant_id, p.hash, p.bytes IS NULL AS kept)
     INSERT INTO photo_erasures (tenant_id, hash) SELECT tenant_id, hash FROM gone WHERE kept`,
    [tenantId, [...hashes]],
  );
}
