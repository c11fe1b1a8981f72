import { z } from 'zod';
import { AuditAnchor, type AuditExport, type AuditHead, AuditLine } from '../../contract/people-center/audit.ts';
import { instant, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { listOfKeys } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type Anchor, anchorAudit } from './anchoring.ts';
import { noteDone } from './lines.ts';
import { headOf, type Inspector, mustInspect } from './reading.ts';

const Row = z.object({ sequence: z.int(), hash: Sha256 });
const Own = z.object({ sequence: z.int(), tenantId: z.string(), body: z.string() });

/**
 * All lines of one firm, and the hashes of the others between them, and of looks that were erased, as of one moment. That it was taken is the last of them, and
 * its head is in the transparency log before it leaves.
 */
export async function auditExport(
  actor: Inspector,
  { db, signer, keys, now }: Center,
  tenantId: TenantId,
  anchor: Anchor,
): Promise<AuditExport> {
  mustInspect(actor, tenantId);
  await noteDone(actor, db, { tenantId, what: 'exported', subject: { kind: 'list', id: 'audit' } });
  await anchorAudit(db, anchor, now(), 'at-once');
  // Of the lines of others only the hash leaves, without which nobody could follow the chain; what they say is not asked for.
  return db.as('*').transaction(async (tx) => {
    const head = await headOf(tx);
    const hashes = await select(
      tx,
      Row,
      'SELECT sequence, hash FROM audit_lines WHERE sequence <= $1 ORDER BY sequence',
      [head.sequence],
    );
    const own = await ownLines(tx, tenantId, head);
    const lines = hashes.map(({ sequence, hash }) => own.get(sequence) ?? { hash });
    const statement = { ...head, tenantId, at: instant(now()) };
    return {
      format: 'exam-station/audit-export@1',
      ...{ centerKey: keys.root, ...(keys.keys.length > 0 ? { keys: listOfKeys(keys) } : {}) },
      ...{ tenantId, lines, anchors: await anchorsOf(tx, head) },
      signature: signer.sign('exam-station/audit-head', statement),
    };
  });
}

async function ownLines(
  tx: Queries,
  tenantId: TenantId,
  { sequence: last }: AuditHead,
): Promise<ReadonlyMap<number, AuditLine>> {
  const sql = `SELECT sequence, tenant_id AS "tenantId", body FROM audit_lines
    WHERE tenant_id = $1 AND sequence <= $2 AND erased_at IS NULL`;
  // Outside the walls, so what is read is looked at once more.
  const rows = (await select(tx, Own, sql, [tenantId, last])).filter((row) => row.tenantId === tenantId);
  return new Map(rows.map(({ sequence, body }) => [sequence, AuditLine.parse(JSON.parse(body))]));
}

const AnchorRow = AuditAnchor.unwrap().extend({ at: z.date() });

async function anchorsOf(tx: Queries, { sequence }: AuditHead): Promise<readonly AuditAnchor[]> {
  const sql =
    'SELECT sequence, head, at, log_index AS "logIndex" FROM audit_anchors WHERE sequence <= $1 ORDER BY sequence';
  return (await select(tx, AnchorRow, sql, [sequence])).map(({ at, ...anchor }) => ({ ...anchor, at: instant(at) }));
}
