import { z } from 'zod';
import type { NamedPhoto, NamedPhotoReply } from '../../contract/people-center/candidates.ts';
import { MAX_PHOTOS } from '../../contract/station-center/center-api.ts';
import { parseIdNumber } from '../../contract/words/id-number.ts';
import { Sha256, type TenantId } from '../../contract/words/ids.ts';
import { numberInFile } from '../../contract/words/number-in-file.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { candidatesByIds, idOfNumber, putPhotos, stateOfCandidate } from './candidates.ts';
import { mustBeUsable } from './look-at-photos.ts';
import { isNamedIn, lockRoster } from './person.ts';
import { addPhoto } from './photos.ts';

/**
 * Takes a photo for whoever its file is named after, beside those that are there. Sent again, nothing changes.
 * @throws Refusal `number-malformed` where there is no number in the name, `number-checksum`, `not-on-roster`;
 * `candidate-other` where the file has another name than whoever has that number; `photo-unreadable`, `photo-unusable`,
 * `photos-many`; `objects-away`; TryLater
 */
export async function addNamedPhoto(
  actor: Manager,
  center: Pick<Center, 'db' | 'objects' | 'photoGate'>,
  tenantId: TenantId,
  { file, photo, replace = false }: NamedPhoto,
): Promise<NamedPhotoReply> {
  mustManage(actor, tenantId);
  const { db } = center;
  const number = numberIn(file);
  const whose = async (tx: Queries) => {
    const id = await idOfNumber(actor, tx, tenantId, number);
    const known = id && (await candidatesByIds(actor, tx, tenantId, [id])).get(id);
    if (!known) throw new Refusal('not-on-roster');
    if (!isNamedIn(file, known.name)) throw new Refusal('candidate-other', `${known.id} has another name`);
    return known.id;
  };
  // Nobody waits for a look at what is nobody's, or there already.
  const before = await whose(db);
  const hash = sha256(Buffer.from(photo, 'base64'));
  if (!replace && (await photosOf(db, tenantId, before)).includes(hash))
    return { ok: true, id: before, same: true, notLookedAt: false };
  const [seen] = await mustBeUsable(actor, center, tenantId, [photo]);
  if (!seen) throw new Refusal('photo-unreadable');
  return db.transaction(async (tx) => {
    await lockRoster(tx, tenantId);
    const id = await whose(tx);
    const there = await photosOf(tx, tenantId, id);
    const same = there.includes(hash) && (!replace || there.length === 1);
    if (!same && !replace && there.length >= MAX_PHOTOS) throw new Refusal('photos-many', `${MAX_PHOTOS} at most`);
    const deed = { tenantId, what: 'candidate-put', subject: { kind: 'candidate', id } } as const;
    if (!same)
      await changing(actor, tx, deed, stateOfCandidate(tenantId, id), async () => {
        if (replace) return putPhotos(tx, tenantId, id, [seen]);
        await addPhoto(tx, tenantId, seen);
        await tx.query(
          `INSERT INTO candidate_photos (tenant_id, candidate_id, hash, looked) VALUES ($1, $2, $3, $4)
           ON CONFLICT (tenant_id, candidate_id, hash) DO NOTHING`,
          [tenantId, id, hash, seen.looked],
        );
      });
    return { ok: true, id, same, notLookedAt: !seen.looked };
  });
}

/** @throws Refusal `number-malformed`, `number-checksum`, `number-kind-unclear` */
function numberIn(file: string): string {
  const parsed = parseIdNumber(numberInFile(file));
  if (!parsed.ok) throw new Refusal(parsed.reason);
  return parsed.id;
}

async function photosOf(tx: Queries, tenantId: TenantId, id: string): Promise<readonly Sha256[]> {
  const sql = 'SELECT hash FROM candidate_photos WHERE tenant_id = $1 AND candidate_id = $2';
  return (await select(tx, z.object({ hash: Sha256 }), sql, [tenantId, id])).map(({ hash }) => hash);
}
