import { z } from 'zod';
import { evidenceWishEntry } from '../../contract/log/entries.ts';
import { WISH_DAYS } from '../../contract/platform/evidence.ts';
import type { EvidenceWish } from '../../contract/records/evidence.ts';
import { type AccountId, EvidenceWishId, instant, SittingId, StationId } from '../../contract/words/ids.ts';
import type { ExchangeKey } from '../../contract/words/keys.ts';
import { sha256 } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import { type SeenResult, seenResult } from '../results/index.ts';
import { stationNames } from '../stations/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';
import { keyOf, mustBeInspector } from './keys.ts';

const DAY_MS = 86_400_000;

export type EvidenceAsked = { readonly reason: string; readonly key?: ExchangeKey | undefined };

/**
 * An inspector wants to see the pictures of a sitting. What the station is to do is signed and logged, and its firm hears who
 * wanted it and why, all in one transaction: nobody looks in silence.
 * @throws Refusal `result-unknown`, `unauthorised` where no role of an inspector reaches it, `inspector-key-missing`
 */
export async function askForEvidence(
  actor: ActingAccount,
  center: Center,
  logIndex: number,
  { reason, key: named }: EvidenceAsked,
): Promise<void> {
  mustBeInspector(actor);
  await center.readKeysAnew();
  const { now, signer } = center;
  await center.db.transaction(async (tx) => {
    const seen = await seenResult(actor, tx, logIndex);
    const { tenantId, sittingId } = seen;
    mustReach(actor, seen.place.path, 'inspector');
    const key = await keyOf(tx, actor.id, named);
    // Two that ask at once ask one after the other.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`evidence ${logIndex}`]);
    const at = now();
    const isOpen = await openWishes(tx, { logIndex, account: actor.id, key, at });
    const wanted = (await whereFrom(tx, seen)).filter((where) => !isOpen(where));
    if (wanted.length === 0) return;
    const expiresAt = new Date(at.getTime() + WISH_DAYS * DAY_MS);
    const asked = wanted.map((where) => {
      const says: EvidenceWish = {
        ...{ format: 'exam-station/evidence-wish@1', id: EvidenceWishId.parse(makeId('ew')), ...where, tenantId },
        ...{ key, by: { accountId: actor.id, name: actor.name.slice(0, 200) || actor.id }, reason },
        ...{ at: instant(at), expiresAt: instant(expiresAt) },
      };
      return { says, jws: signer.sign('exam-station/evidence-wish', says) };
    });
    const places = await logEntries(
      tx,
      { now },
      asked.map(({ jws }) => evidenceWishEntry(sha256(jws), key)),
    );
    for (const [nth, { says, jws }] of asked.entries())
      await tx.query(
        `INSERT INTO evidence_wishes (id, tenant_id, log_index, sitting_id, station_id, account_id, by_name, reason, key, jws,
           entry_index, asked_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          ...[says.id, tenantId, logIndex, says.sittingId, says.stationId, actor.id, says.by.name, reason, key, jws],
          ...[places[nth], says.at, says.expiresAt],
        ],
      );
    // One in the log of the firm, and one that whoever looks after the platform sees as well.
    for (const whose of [tenantId, null])
      await noteDone(actor, tx, {
        ...{ tenantId: whose, what: 'evidence-asked' },
        subject: { kind: 'sitting', id: sittingId },
      });
  });
}

const Where = z.object({ stationId: StationId, sittingId: SittingId });
type Where = Readonly<z.infer<typeof Where>>;

/**
 * Where it was handed in; and where it began, if it was moved: each station has the pictures of its own part. A record may name
 * whichever station it likes as the one before: one that is none of its firm's hears nothing.
 */
async function whereFrom(tx: Queries, { record, standing, tenantId }: SeenResult): Promise<readonly Where[]> {
  const { stationId, sittingId } = record;
  const before = 'continues' in record ? record.continues : undefined;
  const own = before && (await stationNames(standing, tx, tenantId, [before.stationId])).has(before.stationId);
  const first = own ? [{ stationId: before.stationId, sittingId: before.sittingId }] : [];
  return [{ stationId, sittingId }, ...first];
}

type Asker = {
  readonly logIndex: number;
  readonly account: AccountId;
  readonly key: ExchangeKey;
  readonly at: Date;
};

/**
 * Where it was asked for with this key and may still come, or has come whole: asked twice, it is asked once. A station that said what it
 * has, and did not send it within a day, may have given up: it is asked anew.
 */
async function openWishes(tx: Queries, { logIndex, account, key, at }: Asker): Promise<(where: Where) => boolean> {
  const open = await select(
    tx,
    Where,
    `SELECT station_id AS "stationId", sitting_id AS "sittingId" FROM evidence_wishes w
     WHERE log_index = $1 AND account_id = $2 AND key = $3 AND refused IS NULL AND asked_at > $5
       AND CASE WHEN heard_at IS NULL THEN expires_at > $4 ELSE heard_at > $6 OR NOT EXISTS (
         SELECT 1 FROM evidence_pictures p WHERE p.wish_id = w.id AND p.bytes IS NULL AND NOT p.erased) END`,
    [
      ...[logIndex, account, key, at.toISOString(), keptSince(at).toISOString()],
      new Date(at.getTime() - DAY_MS).toISOString(),
    ],
  );
  const places = new Set(open.map(placeOf));
  return (where) => places.has(placeOf(where));
}
const placeOf = ({ stationId, sittingId }: Where): string => `${stationId} ${sittingId}`;

/** What was asked for before this is over. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - KEPT_MS);
const KEPT_MS = 30 * DAY_MS;
