import { Readable } from 'node:stream';
import { z } from 'zod';
import { AuditAnchor, type AuditHead, AuditLine } from '../../contract/people-center/audit.ts';
import { instant, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { TryLater } from '../../contract/words/reasons.ts';
import { listOfKeys } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Database, type Queries, select } from '../database/index.ts';
import { type Anchor, anchorAudit } from './anchoring.ts';
import { noteDone } from './lines.ts';
import { headOf, type Inspector, mustInspect } from './reading.ts';

const AGAIN_SECONDS = 10;
/** Lines that are held at once. */
const PORTION = 2_000;
/** Firms whose file is being made, by center and firm: it is as long as the log of the whole center. */
const running = new Map<string, object>();

/**
 * All lines of one firm, and the hashes of the others between them, and of looks that were erased, up to one head. That it was taken
 * is the last of them, and what was done before is anchored in the transparency log before it leaves.
 * @returns the JSON text of an `AuditExport`, as it is read from the table; whoever is given it reads or destroys it
 * @throws TryLater while another is made for this firm
 */
export async function auditExport(
  actor: Inspector,
  center: Pick<Center, 'db' | 'signer' | 'keys' | 'now'>,
  tenantId: TenantId,
  anchor: Anchor,
  portion = PORTION,
): Promise<Readable> {
  mustInspect(actor, tenantId);
  const which = `${center.keys.root} ${tenantId}`;
  if (running.has(which)) throw new TryLater(AGAIN_SECONDS);
  const own = {};
  running.set(which, own);
  const release = (): void => {
    if (running.get(which) === own) running.delete(which);
  };
  try {
    const { db, now } = center;
    await noteDone(actor, db, { tenantId, what: 'exported', subject: { kind: 'list', id: 'audit' } });
    await anchorAudit(db, anchor, now(), 'at-once');
    const head = await db.as('*').transaction(headOf);
    // Whoever hears its end may ask for the next; of one that nobody read to its end only the stream is told.
    return Readable.from(piecesOf(center, tenantId, head, portion, release)).once('close', release);
  } catch (error) {
    release();
    throw error;
  }
}

/** The same bytes as `JSON.stringify` of the whole would be. */
async function* piecesOf(
  { db, signer, keys, now }: Pick<Center, 'db' | 'signer' | 'keys' | 'now'>,
  tenantId: TenantId,
  head: AuditHead,
  portion: number,
  onLast: () => void,
): AsyncGenerator<string> {
  const begins = {
    format: 'exam-station/audit-export@1',
    ...{ centerKey: keys.root, ...(keys.keys.length > 0 ? { keys: listOfKeys(keys) } : {}), tenantId },
  };
  yield `${JSON.stringify(begins).slice(0, -1)},"lines":[`;
  for (let from = 1; from <= head.sequence; from += portion) {
    const until = Math.min(from + portion - 1, head.sequence);
    const lines = await linesOf(db.as('*'), tenantId, from, until);
    yield `${from === 1 ? '' : ','}${lines.map((line) => JSON.stringify(line)).join(',')}`;
  }
  const anchors = await db.as('*').transaction((tx) => anchorsOf(tx, head));
  const signature = signer.sign('exam-station/audit-head', { ...head, tenantId, at: instant(now()) });
  onLast();
  yield `],${JSON.stringify({ anchors, signature }).slice(1)}`;
}

const Row = z.object({ hash: Sha256, tenantId: z.string().nullable(), body: z.string().nullable() });

/** Of the lines of others only the hash leaves, without which nobody could follow the chain; what they say is not asked for. */
async function linesOf(
  db: Database,
  tenantId: TenantId,
  from: number,
  until: number,
): Promise<readonly (AuditLine | { readonly hash: Sha256 })[]> {
  const own = 'tenant_id = $3 AND erased_at IS NULL';
  const sql = `SELECT hash, CASE WHEN ${own} THEN tenant_id END AS "tenantId", CASE WHEN ${own} THEN body END AS body
    FROM audit_lines WHERE sequence BETWEEN $1 AND $2 ORDER BY sequence`;
  const rows = await db.transaction((tx) => select(tx, Row, sql, [from, until, tenantId]));
  // Outside the walls, so what is read is looked at once more.
  return rows.map(({ hash, tenantId: whose, body }) =>
    body !== null && whose === tenantId ? AuditLine.parse(JSON.parse(body)) : { hash },
  );
}

const AnchorRow = AuditAnchor.unwrap().extend({ at: z.date() });

async function anchorsOf(tx: Queries, { sequence }: AuditHead): Promise<readonly AuditAnchor[]> {
  const sql =
    'SELECT sequence, head, at, log_index AS "logIndex" FROM audit_anchors WHERE sequence <= $1 ORDER BY sequence';
  return (await select(tx, AnchorRow, sql, [sequence])).map(({ at, ...anchor }) => ({ ...anchor, at: instant(at) }));
}
