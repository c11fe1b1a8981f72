import { z } from 'zod';
import type { AuditHead } from '../../contract/people-center/audit.ts';
import { type Database, type Queries, selectOne } from '../database/index.ts';
import { headOf } from './reading.ts';

/** What is put into the transparency log: how far the audit log had come. */
export type AuditEntry = { readonly kind: 'audit' } & AuditHead;

/** Appends an entry to the transparency log, in the transaction that is open. @returns its place there */
export type Anchor = (tx: Queries, entry: AuditEntry, now: Date) => Promise<number>;

/** No line waits longer for its anchor. */
const ANCHOR_EACH_MS = 3_600_000;

const Waiting = z.object({ at: z.date() });

/**
 * Puts the head of the audit log into the transparency log: where a line has waited for an hour, or at once where a file is to
 * leave. Where nothing new was written down, nothing is put there.
 */
export function anchorAudit(db: Database, anchor: Anchor, now: Date, when: 'due' | 'at-once'): Promise<void> {
  return db.transaction(async (tx) => {
    const head = await headOf(tx);
    const oldest = await selectOne(
      tx,
      Waiting,
      `SELECT at FROM audit_lines WHERE sequence > (SELECT coalesce(max(sequence), 0) FROM audit_anchors)
       ORDER BY sequence LIMIT 1`,
    );
    if (!oldest) return;
    if (when === 'due' && now.getTime() - oldest.at.getTime() < ANCHOR_EACH_MS) return;
    const index = await anchor(tx, { kind: 'audit', ...head }, now);
    await tx.query('INSERT INTO audit_anchors (sequence, head, at, log_index) VALUES ($1, $2, $3, $4)', [
      head.sequence,
      head.head,
      now.toISOString(),
      index,
    ]);
  });
}
