import { z } from 'zod';
import { AuditAnchor, type AuditExport, type AuditHead, AuditLine } from '../../contract/people-center/audit.ts';
import { instant, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { listOfKeys } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type Anchor, anchorAudit } from './anchoring.ts';
import { noteDone } from './lines.ts';
import { headOf, type Inspector, mustInspect } from './reading.ts';

const Row = z.object({ body: z.string().nullable(), hash: Sha256 });

/**
 * All lines of one firm, and the hashes of the others between them, as of one moment. That it was taken is the last of them, and
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
  // Of the lines of others only the hash leaves: without them nobody could follow the chain.
  return db.as('*').transaction(async (tx) => {
    const head = await headOf(tx);
    const rows = await select(
      tx,
      Row,
      'SELECT CASE WHEN tenant_id = $2 THEN body END AS body, hash FROM audit_lines WHERE sequence <= $1 ORDER BY sequence',
      [head.sequence, tenantId],
    );
    const lines = rows.map(({ body, hash }) => (body === null ? { hash } : AuditLine.parse(JSON.parse(body))));
    const statement = { ...head, tenantId, at: instant(now()) };
    return {
      format: 'exam-station/audit-export@1',
      ...{ centerKey: keys.root, ...(keys.keys.length > 0 ? { keys: listOfKeys(keys) } : {}) },
      ...{ tenantId, lines, anchors: await anchorsOf(tx, head) },
      signature: signer.sign('exam-station/audit-head', statement),
    };
  });
}

const AnchorRow = AuditAnchor.unwrap().extend({ at: z.date() });

async function anchorsOf(tx: Queries, { sequence }: AuditHead): Promise<readonly AuditAnchor[]> {
  const sql =
    'SELECT sequence, head, at, log_index AS "logIndex" FROM audit_anchors WHERE sequence <= $1 ORDER BY sequence';
  return (await select(tx, AnchorRow, sql, [sequence])).map(({ at, ...anchor }) => ({ ...anchor, at: instant(at) }));
}
