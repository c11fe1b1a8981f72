import { z } from 'zod';
import { EVIDENCE_DAYS, type ListedPicture, type ListedWish } from '../../contract/platform/evidence.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { KNOWS_EVIDENCE } from '../../contract/station-center/center-api.ts';
import {
  AccountId,
  EvidenceWishId,
  instant,
  Sha256,
  SittingId,
  StationId,
  TenantId,
} from '../../contract/words/ids.ts';
import { ExchangeKey } from '../../contract/words/keys.ts';
import { PictureOf } from '../../contract/words/picture-of.ts';
import { ReasonCode, Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { placeOfTenant } from '../organisations/index.ts';
import { seenResult } from '../results/index.ts';
import { stationKnows, stationNames } from '../stations/index.ts';
import { type ActingAccount, mustReach, reaches, type System } from '../tenants/index.ts';
import { keptSince } from './asking.ts';
import { mustBeInspector } from './keys.ts';

const WishRow = z.object({
  id: EvidenceWishId,
  stationId: StationId,
  sittingId: SittingId,
  accountId: AccountId,
  by: z.string(),
  reason: z.string(),
  key: ExchangeKey,
  entryIndex: z.int(),
  at: z.date(),
  expiresAt: z.date(),
  heard: z.boolean(),
  refused: ReasonCode.nullable(),
});
type WishRow = z.infer<typeof WishRow>;
const PictureRow = z.object({
  ...{ wish: EvidenceWishId, of: PictureOf, picture: Sha256 },
  ...{ erased: z.boolean(), here: z.boolean() },
});
type PictureRow = z.infer<typeof PictureRow>;

const DAY_MS = 86_400_000;

/**
 * Who asked for the pictures of a result: for whoever sees the result, and its firm above all.
 * @throws Refusal `result-unknown`
 */
export async function evidenceOfResult(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  logIndex: number,
): Promise<{ readonly wishes: readonly ListedWish[]; readonly mayAsk: boolean }> {
  const { record, standing, tenantId, place } = await seenResult(actor, db, logIndex);
  const rows = await select(
    db,
    WishRow,
    `SELECT id, station_id AS "stationId", sitting_id AS "sittingId", account_id AS "accountId", by_name AS by, reason, key,
       entry_index AS "entryIndex", asked_at AS at, expires_at AS "expiresAt", heard_at IS NOT NULL AS heard, refused
     FROM evidence_wishes WHERE log_index = $1 ORDER BY asked_at DESC, id`,
    [logIndex],
  );
  const pictures = Map.groupBy(await picturesOf(db, rows), ({ wish }) => wish);
  const ids = rows.map(({ stationId }) => stationId);
  const names = await stationNames(standing, db, tenantId, ids);
  const wishes: ListedWish[] = [];
  for (const row of rows) {
    const { id, by, reason, key, entryIndex, refused } = row;
    const own = pictures.get(id) ?? [];
    wishes.push({
      ...{ id, by, reason, key, entryIndex, refused, station: names.get(row.stationId) ?? row.stationId },
      ...{ at: instant(row.at), until: instant(new Date(row.at.getTime() + EVIDENCE_DAYS * DAY_MS)) },
      state: await stateOf(db, row, own, now()),
      pictures: own.map((one) => listedPicture(one, row, record)),
      mine: row.accountId === actor.id,
    });
  }
  return { wishes, mayAsk: !actor.token && reaches(actor, place.path, 'inspector') };
}

const picturesOf = (db: Queries, wishes: readonly WishRow[]): Promise<readonly PictureRow[]> =>
  select(
    db,
    PictureRow,
    `SELECT wish_id AS wish, taken_of AS "of", picture, erased, bytes IS NOT NULL AS here FROM evidence_pictures
     WHERE wish_id = ANY($1::text[]) ORDER BY taken_of = 'check-in' DESC, taken_of`,
    [wishes.map(({ id }) => id)],
  );

async function stateOf(
  db: Queries,
  { at, heard, refused, expiresAt, stationId }: WishRow,
  pictures: readonly PictureRow[],
  now: Date,
): Promise<ListedWish['state']> {
  if (at <= keptSince(now)) return 'over';
  if (refused) return 'refused';
  if (heard) return pictures.every(({ here, erased }) => here || erased) ? 'done' : 'coming';
  if (expiresAt <= now) return 'late';
  return (await stationKnows(db, stationId, KNOWS_EVIDENCE)) === false ? 'old' : 'waiting';
}

/** What the record says of it, which the station signed long before anybody asked. */
function listedPicture(
  { of, picture, here, erased }: PictureRow,
  { sittingId }: WishRow,
  record: ExamRecord,
): ListedPicture {
  const incident = record.incidents.find((one) => one.id === of);
  const checkIn = 'faces' in record && record.sittingId === sittingId ? record.faces?.checkIn : undefined;
  return {
    ...{ of, picture, state: here ? 'here' : erased ? 'erased' : 'waiting' },
    inRecord: of === 'check-in' && checkIn ? checkIn === picture : null,
    ...{ at: incident?.at ?? null, reason: incident?.reason ?? null },
  };
}

/**
 * What the station sealed for whoever asked. That they look is written down before they do.
 * @throws Refusal `evidence-unknown` where it is not here, its days are over, or somebody else asked for it
 */
export async function sealedPicture(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  id: EvidenceWishId,
  of: PictureOf,
): Promise<{ readonly file: string }> {
  mustBeInspector(actor);
  const row = await selectOne(
    db,
    z.object({ tenantId: TenantId, sittingId: SittingId, bytes: z.instanceof(Uint8Array) }),
    `SELECT w.tenant_id AS "tenantId", w.sitting_id AS "sittingId", p.bytes
     FROM evidence_wishes w JOIN evidence_pictures p ON p.wish_id = w.id
     WHERE w.id = $1 AND p.taken_of = $2 AND w.account_id = $3 AND w.asked_at > $4 AND p.bytes IS NOT NULL`,
    [id, of, actor.id, keptSince(now()).toISOString()],
  );
  if (!row) throw new Refusal('evidence-unknown', `${id} ${of}`);
  mustReach(actor, (await placeOfTenant(db, row.tenantId)).path, 'inspector');
  await noteDone(actor, db, {
    ...{ tenantId: row.tenantId, what: 'evidence-opened' },
    subject: { kind: 'sitting', id: row.sittingId },
  });
  return { file: Buffer.from(row.bytes).toString('base64') };
}

/** Erases what stations sealed and whose days are over; who asked for it, and why, stays. */
export async function eraseOldEvidence(_actor: System, { db, now }: Pick<Center, 'db' | 'now'>): Promise<void> {
  await db.query(
    `DELETE FROM evidence_pictures WHERE wish_id IN (SELECT id FROM evidence_wishes WHERE asked_at <= $1)`,
    [keptSince(now()).toISOString()],
  );
}
