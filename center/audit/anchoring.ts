import { z } from 'zod';
import type { AuditHead } from '../../contract/people-center/audit.ts';
import { type Database, type Queries, selectOne } from '../database/index.ts';
import { headOf } from './reading.ts';

/** Puts how far the audit log had come into the transparency log, in the transaction that is open. @returns its place there */
export type Anchor = (tx: Queries, head: AuditHead) => Promise<number>;

/** No line waits longer for its anchor. */
const ANCHOR_EACH_MS = 3_600_000;

const Waiting = z.object({ at: z.date() });

/**
 * Puts the head of the audit log into the transparency log: where a line has waited for an hour, or at once where a file is to
 * leave. Where nothing new was written down, nothing is put there; nor is it at once where files of this log alone were taken:
 * whoever takes one after the other would fill the log of everybody.
 */
export function anchorAudit(db: Database, anchor: Anchor, now: Date, when: 'due' | 'at-once'): Promise<void> {
  return db.transaction(async (tx) => {
    // Not locked: the log is, and whoever has that waits for the audit log.
    const head = await headOf(tx);
    const oldest = await selectOne(
      tx,
      Waiting,
      `SELECT at FROM audit_lines WHERE sequence > (SELECT coalesce(max(sequence), 0) FROM audit_anchors)
         AND ($1 OR what <> 'exported' OR subject_id <> 'audit')
       ORDER BY sequence LIMIT 1`,
      [when === 'due'],
    );
    if (!oldest) return;
    if (when === 'due' && now.getTime() - oldest.at.getTime() < ANCHOR_EACH_MS) return;
    const index = await anchor(tx, head);
    // Two that put the same head there at one moment are both right.
    await tx.query(
      `INSERT INTO audit_anchors (sequence, head, at, log_index) VALUES ($1, $2, $3, $4)
       ON CONFLICT (sequence) DO NOTHING`,
      [head.sequence, head.head, now.toISOString(), index],
    );
  });
}
