import { z } from 'zod';
import { CandidateId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { PHOTO_MAX_PIXELS, saysTooMuch } from '../../contract/words/picture-size.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { bytesByHash, type Queries, select } from '../database/index.ts';
import { type Member, mustActFor, mustRead, type Reader } from '../tenants/index.ts';

const photos = bytesByHash('photos');

/** @throws Refusal `photo-unreadable` where the bytes do not begin as a JPEG, or as one of more pixels than anybody decodes */
export function mustBePhoto(bytes: Uint8Array): void {
  if (pictureType(bytes) !== 'image/jpeg') throw new Refusal('photo-unreadable', 'this is no JPEG');
  // One that does not say it, or breaks off, a station finds out about, and tells.
  if (saysTooMuch(bytes, PHOTO_MAX_PIXELS)) throw new Refusal('photo-unreadable', `${PHOTO_MAX_PIXELS} pixels at most`);
}

/** Stores a reference photo under its hash. @throws Refusal `photo-unreadable` */
export async function addPhoto(tx: Queries, tenantId: TenantId, bytes: Buffer): Promise<Sha256> {
  mustBePhoto(bytes);
  return photos.add(tx, tenantId, bytes);
}

/**
 * A photo of this tenant; to everybody else it does not exist.
 * @throws Refusal `photo-missing`
 */
export async function readPhoto(actor: Member, db: Queries, tenantId: TenantId, hash: Sha256): Promise<Uint8Array> {
  mustActFor(actor, tenantId);
  const bytes = await photos.read(db, tenantId, hash);
  if (!bytes) throw new Refusal('photo-missing');
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

/** Face data is kept no longer than somebody on the roster has it. */
export async function dropUnusedPhotos(tx: Queries, tenantId: TenantId, hashes: readonly Sha256[]): Promise<void> {
  await tx.query(
    `DELETE FROM photos p WHERE p.tenant_id = $1 AND p.hash = ANY($2)
     AND NOT EXISTS (SELECT 1 FROM candidate_photos c WHERE c.tenant_id = $1 AND c.hash = p.hash)`,
    [tenantId, [...hashes]],
  );
}
