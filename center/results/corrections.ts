import { z } from 'zod';
import { correctionEntry } from '../../contract/log/entries.ts';
import type { ResultCorrection } from '../../contract/platform/results.ts';
import { Correction, type CorrectionCause } from '../../contract/records/corrections.ts';
import { instant, type SittingId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';
import { seenResult } from './one-result.ts';

export type CorrectionWish = { readonly marks: number; readonly cause: CorrectionCause; readonly note: string };

/**
 * Says by a new signed fact how a result counts: its record stays as the station signed it. The hash of the fact is in the log
 * before anybody can rest on it.
 * @throws Refusal `result-unknown`, `unauthorised` where somebody sees it and corrects nothing, `bad-message` where an exam has no
 * so many marks
 */
export async function correctResult(
  actor: ActingAccount,
  center: Center,
  logIndex: number,
  wish: CorrectionWish,
): Promise<void> {
  await center.readKeysAnew();
  await center.db.transaction((tx) => correctWithin(actor, center, tx, logIndex, wish));
}

/** The same where something else is written with it. Keys were read anew before. */
export async function correctWithin(
  actor: ActingAccount,
  { signer, now }: Pick<Center, 'signer' | 'now'>,
  tx: Queries,
  logIndex: number,
  { marks, cause, note }: CorrectionWish,
): Promise<void> {
  const { tenantId, sittingId, record, text, place } = await seenResult(actor, tx, logIndex);
  mustReach(actor, place.path, 'inspector');
  if (marks > record.fullMarks) throw new Refusal('bad-message', `marks: ${record.fullMarks} at most`);
  await tx.query('SELECT 1 FROM records WHERE tenant_id = $1 AND sitting_id = $2 FOR UPDATE', [tenantId, sittingId]);
  const before = await correctionsOf(tx, tenantId, sittingId);
  const at = now();
  const says: Correction = {
    ...{ format: 'exam-station/correction@1', tenantId, sittingId, recordHash: sha256(text) },
    ...{ number: before.length + 1, marks, passed: marks >= record.passMarks, cause, at: instant(at) },
  };
  const jws = signer.sign('exam-station/correction', says);
  const [index] = await logEntries(tx, { now }, [correctionEntry(sha256(jws))]);
  await tx.query(
    `INSERT INTO record_corrections (tenant_id, sitting_id, number, jws, body, entry_index, by_name, note, corrected_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tenantId, sittingId, says.number, jws, JSON.stringify(says), index, actor.name, note, at.toISOString()],
  );
  // The column says what counts; what was signed is the body, which nobody changes.
  await tx.query('UPDATE records SET passed = $3 WHERE tenant_id = $1 AND sitting_id = $2', [
    ...[tenantId, sittingId, says.passed],
  ]);
  await noteDone(actor, tx, { tenantId, what: 'result-corrected', subject: { kind: 'sitting', id: sittingId } });
}

/** A result, and until when an appeal against it had been decided on. */
export type Appealed = { readonly logIndex: number; readonly until: Date };

/**
 * Takes the texts out of the corrections that appeals against these results led to until then: they were the texts of the
 * decisions. What was signed has none of them.
 */
export const forgetAppealNotes = async (
  tx: Queries,
  tenantId: TenantId,
  appealed: readonly Appealed[],
): Promise<void> =>
  void (await tx.query(
    `UPDATE record_corrections k SET note = '' FROM unnest($2::bigint[], $3::timestamptz[]) AS w (log_index, until)
     JOIN records r ON r.tenant_id = $1 AND r.log_index = w.log_index
     WHERE k.tenant_id = r.tenant_id AND k.sitting_id = r.sitting_id AND k.note <> '' AND k.corrected_at <= w.until
       AND k.body::jsonb ->> 'cause' = 'appeal'`,
    [tenantId, appealed.map(({ logIndex }) => logIndex), appealed.map(({ until }) => until.toISOString())],
  ));

const Row = z.object({
  ...{ jws: z.string(), body: z.string(), entryIndex: z.int(), by: z.string(), note: z.string() },
});

/** Of one result, the newest last. */
export async function correctionsOf(
  db: Queries,
  tenantId: TenantId,
  sittingId: SittingId,
): Promise<readonly ResultCorrection[]> {
  const rows = await select(
    db,
    Row,
    `SELECT jws, body, entry_index AS "entryIndex", by_name AS by, note FROM record_corrections
     WHERE tenant_id = $1 AND sitting_id = $2 ORDER BY number`,
    [tenantId, sittingId],
  );
  return rows.map(({ body, ...row }) => {
    const { marks, passed, cause, at } = Correction.parse(JSON.parse(body));
    return { ...row, marks, passed, cause, at };
  });
}

/** How a record counts that was corrected, by the place of its record; nothing of those that were not. */
export async function correctedMarks(db: Queries, logIndexes: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const rows = await select(
    db,
    z.object({ logIndex: z.int(), body: z.string() }),
    `SELECT DISTINCT ON (r.log_index) r.log_index AS "logIndex", k.body
     FROM records r JOIN record_corrections k ON k.tenant_id = r.tenant_id AND k.sitting_id = r.sitting_id
     WHERE r.log_index = ANY($1::bigint[]) ORDER BY r.log_index, k.number DESC`,
    [logIndexes],
  );
  return new Map(rows.map(({ logIndex, body }) => [logIndex, Correction.parse(JSON.parse(body)).marks]));
}

/** The newest correction of each of these results, for whoever has found out whose they are. */
export async function newestCorrections(
  db: Queries,
  tenantId: TenantId,
  sittingIds: readonly SittingId[],
): Promise<ReadonlyMap<SittingId, Pick<Correction, 'marks' | 'passed' | 'cause' | 'at'>>> {
  const rows = await select(
    db,
    z.object({ body: z.string() }),
    `SELECT DISTINCT ON (sitting_id) body FROM record_corrections
     WHERE tenant_id = $1 AND sitting_id = ANY($2::text[]) ORDER BY sitting_id, number DESC`,
    [tenantId, sittingIds],
  );
  return new Map(
    rows.map(({ body }) => {
      const { sittingId, marks, passed, cause, at } = Correction.parse(JSON.parse(body));
      return [sittingId, { marks, passed, cause, at }];
    }),
  );
}
