import { z } from 'zod';
import type { Correction } from '../../contract/records/corrections.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import type { ResultReceipt } from '../../contract/records/result-receipt.ts';
import { type Instant, instant, TenantId } from '../../contract/words/ids.ts';
import { findRecordOf, openReceiptCode, verifyReceiptCode } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { selectOne } from '../database/index.ts';
import { type StationKey, stationKeys } from '../stations/index.ts';
import { newestCorrections } from './corrections.ts';
import { STANDING, Standing } from './standing.ts';

/** What is said to whoever holds a receipt: what it says itself, and of the record that it is logged, and for which exam. */
export type HeldResult = {
  readonly receipt: ResultReceipt;
  readonly logged?: {
    readonly at: Instant;
    readonly record: Pick<ExamRecord, 'exam' | 'fullMarks' | 'passMarks'>;
    readonly standing: Standing;
    /** How it counts since somebody corrected it. */
    readonly correction: Pick<Correction, 'marks' | 'passed' | 'cause' | 'at'> | null;
    /** Whose it is, and where: not for whoever holds the receipt. */
    readonly place: { readonly tenantId: TenantId; readonly logIndex: number };
  };
};

const Stored = z.object({
  body: z.string(),
  tenantId: TenantId,
  logIndex: z.int(),
  receivedAt: z.date(),
  standing: Standing,
});

/**
 * Whoever holds a receipt that a station of ours signed is told whether its record is logged. They need not say who they are:
 * nobody can make up a receipt, so nobody can ask for the result of somebody else, nor of a firm that is not theirs.
 * @returns nothing where no station of ours signed it, or something else is logged
 */
export async function heldResult({ db }: Center, code: string): Promise<HeldResult | undefined> {
  const claimed = openReceiptCode(code)?.receipt;
  const [present, ...former] = claimed ? await stationKeys(db, claimed.stationId) : [];
  const signed = signedWith(code, present ? [present] : []) ?? signedWith(code, former);
  if (!signed) return undefined;
  const { receipt } = signed;
  // Whose it is no receipt says; batches do, and few firms use one station.
  const stored = await selectOne(
    db,
    Stored,
    `SELECT r.body, r.tenant_id AS "tenantId", r.log_index AS "logIndex", b.received_at AS "receivedAt", ${STANDING} AS standing
     FROM records r JOIN batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
     WHERE r.tenant_id IN (SELECT DISTINCT tenant_id FROM batches WHERE station_id = $1)
       AND r.sitting_id = $2 AND b.station_id = $1`,
    [receipt.stationId, receipt.sittingId],
  );
  // A former key may be in the wrong hands: what it says counts where it is logged.
  if (!stored) return signed.by === present ? { receipt } : undefined;
  const found = findRecordOf(receipt, [ExamRecord.parse(JSON.parse(stored.body))]);
  if (!found.ok) return undefined;
  const { exam, fullMarks, passMarks, sittingId } = found.record;
  const { tenantId, logIndex, standing, receivedAt } = stored;
  const correction = (await newestCorrections(db, tenantId, [sittingId])).get(sittingId) ?? null;
  const record = { exam, fullMarks, passMarks };
  return { receipt, logged: { at: instant(receivedAt), record, standing, correction, place: { tenantId, logIndex } } };
}

function signedWith(code: string, keys: readonly StationKey[]) {
  for (const by of keys) {
    const signed = verifyReceiptCode(code, by.publicKey);
    if (signed.ok) return { receipt: signed.receipt, by };
  }
  return undefined;
}
