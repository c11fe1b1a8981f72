import { z } from 'zod';
import { evidenceWishEntry } from '../../contract/log/entries.ts';
import { WISH_DAYS } from '../../contract/platform/evidence.ts';
import type { EvidenceWish } from '../../contract/records/evidence.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { EvidenceWishId, instant, type SittingId, type StationId } from '../../contract/words/ids.ts';
import type { ExchangeKey } from '../../contract/words/keys.ts';
import { sha256 } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { select } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import { seenResult } from '../results/index.ts';
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
    const { tenantId, sittingId, record, place } = await seenResult(actor, tx, logIndex);
    mustReach(actor, place.path, 'inspector');
    const key = await keyOf(tx, actor.id, named);
    // Asked twice, it is asked once: what was asked for with this key and may still come.
    const open = await select(
      tx,
      z.object({ id: z.string() }),
      `SELECT id FROM evidence_wishes WHERE log_index = $1 AND account_id = $2 AND key = $3 AND refused IS NULL
         AND (heard_at IS NOT NULL OR expires_at > $4) AND asked_at > $5`,
      [logIndex, actor.id, key, now().toISOString(), keptSince(now()).toISOString()],
    );
    if (open.length > 0) return;
    const at = now();
    const expiresAt = new Date(at.getTime() + WISH_DAYS * DAY_MS);
    const asked = whereFrom(record).map((where) => {
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

type Where = { readonly stationId: StationId; readonly sittingId: SittingId };

/** Where it was handed in; and where it began, if it was moved: each station has the pictures of its own part. */
function whereFrom({ stationId, sittingId, ...record }: ExamRecord): readonly Where[] {
  const before = 'continues' in record ? record.continues : undefined;
  const first = before && { stationId: before.stationId, sittingId: before.sittingId };
  return [{ stationId, sittingId }, ...(first ? [first] : [])];
}

/** What was asked for before this is over. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - KEPT_MS);
const KEPT_MS = 30 * DAY_MS;
