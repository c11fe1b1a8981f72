import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PhotoVerdict } from '../../contract/platform/workers.ts';
import { CandidateId, type Sha256, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { changing, noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { guarded, type Manager, mustManage, ofAddress, type Stranger, tenantNames } from '../tenants/index.ts';
import { candidatesByIds, putPhotos, stateOfCandidate } from './candidates.ts';
import { lockRoster } from './person.ts';
import { bringPhoto, mustBePhoto } from './photos.ts';

const LASTS_MS = 7 * 86_400_000;
const hashOf = (secret: string): Sha256 => sha256(`photo-link:${secret}`);

/**
 * A link with which somebody takes their own photo: once, within 7 days. One that was made before works no more.
 * @returns its secret, which is kept nowhere
 * @throws Refusal `not-on-roster`
 */
export async function invitePhoto(
  actor: Manager,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  id: CandidateId,
): Promise<{ readonly secret: string; readonly until: Date }> {
  mustManage(actor, tenantId);
  return db.transaction(async (tx) => {
    const known = (await candidatesByIds(actor, tx, tenantId, [id])).get(id);
    if (!known || known.left) throw new Refusal('not-on-roster');
    const [secret, until] = [randomBytes(16).toString('base64url'), new Date(now().getTime() + LASTS_MS)];
    await tx.query(
      `INSERT INTO photo_links (tenant_id, candidate_id, secret_hash, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, candidate_id) DO UPDATE SET secret_hash = excluded.secret_hash, expires_at = excluded.expires_at`,
      [tenantId, id, hashOf(secret), until.toISOString()],
    );
    await noteDone(actor, tx, { tenantId, what: 'photo-link-made', subject: { kind: 'candidate', id } });
    return { secret, until };
  });
}

const Linked = z.object({ tenantId: TenantId, id: CandidateId, name: z.string(), until: z.date() });
type Linked = z.infer<typeof Linked>;

/** Whose a link is that still works. @throws Refusal `invitation-unknown` */
async function linkedBy(db: Queries, secret: string, now: Date, lock = ''): Promise<Linked> {
  const sql = `SELECT l.tenant_id AS "tenantId", c.id, c.name, l.expires_at AS until FROM photo_links l
    JOIN candidates c ON c.tenant_id = l.tenant_id AND c.id = l.candidate_id
    WHERE l.secret_hash = $1 AND l.expires_at > $2 AND c.left_at IS NULL ${lock}`;
  const linked = await selectOne(db, Linked, sql, [hashOf(secret), now.toISOString()]);
  if (!linked) throw new Refusal('invitation-unknown');
  return linked;
}

/** Whose photo a link is for, before they agree to anything. @throws Refusal `invitation-unknown`; TryLater */
export function readPhotoLink(
  actor: Stranger,
  { db, now }: Pick<Center, 'db' | 'now'>,
  secret: string,
): Promise<{ readonly firm: string; readonly name: string; readonly until: Date }> {
  return guarded(db, now(), [ofAddress('photo-link', actor.address)], ['invitation-unknown'], async () => {
    const { tenantId, name, until } = await linkedBy(db, secret, now());
    return { firm: (await tenantNames(db, [tenantId])).get(tenantId) ?? '', name, until };
  });
}

/**
 * Somebody agrees to the use of their photo, and sends it. One that would not do leaves the link as it is: they take another.
 * @throws Refusal `invitation-unknown`, `photo-unreadable`, `objects-away`; TryLater
 */
export function sendPhoto(
  actor: Stranger,
  { db, now, objects, photoGate }: Pick<Center, 'db' | 'now' | 'objects' | 'photoGate'>,
  { secret, photo }: { readonly secret: string; readonly photo: string },
): Promise<PhotoVerdict> {
  return guarded(db, now(), [ofAddress('photo-link', actor.address)], ['invitation-unknown'], async () => {
    const { tenantId: firm } = await linkedBy(db, secret, now());
    const bytes = Buffer.from(photo, 'base64');
    mustBePhoto(bytes);
    // Before anything is locked, as it takes its time.
    const look = photoGate ? await photoGate.look(bytes) : ({ kind: 'unseen' } as const);
    if (look.kind === 'unusable') return { taken: false, reasons: look.reasons };
    const looked = look.kind === 'good';
    const brought = await bringPhoto({ objects }, firm, bytes);
    await db.transaction(async (tx) => {
      const { tenantId, id } = await linkedBy(tx, secret, now());
      await lockRoster(tx, tenantId);
      await linkedBy(tx, secret, now(), 'FOR UPDATE OF l');
      const deed = { tenantId, what: 'photo-sent', subject: { kind: 'candidate', id } } as const;
      await changing(actor, tx, deed, stateOfCandidate(tenantId, id), () =>
        putPhotos(tx, tenantId, id, [{ ...brought, looked }]),
      );
      await tx.query(
        'UPDATE photo_links SET secret_hash = NULL, consented_at = $3 WHERE tenant_id = $1 AND candidate_id = $2',
        [tenantId, id, now().toISOString()],
      );
    });
    return { taken: true, looked };
  });
}
