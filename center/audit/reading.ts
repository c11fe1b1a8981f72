import { z } from 'zod';
import { AuditHead, AuditLine, type AuditPage, type AuditWish } from '../../contract/people-center/audit.ts';
import type { Instant, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select, selectOne } from '../database/index.ts';

const PAGE_SIZE = 100;
const Body = z.object({ body: z.string() });

/** Whoever may see what was done in a firm: its operators, and the program itself. */
export type Inspector = { readonly kind: (typeof INSPECTORS)[number] | 'system'; readonly tenantId?: TenantId };
const INSPECTORS = ['operator', 'visitor'] as const;

/** @throws Refusal `unauthorised` where the actor is of another firm, or of another kind, whatever the types were told */
export function mustInspect(actor: Inspector, tenantId: TenantId): void {
  const may =
    actor.kind === 'system' || (INSPECTORS.some((kind) => kind === actor.kind) && actor.tenantId === tenantId);
  if (!may) throw new Refusal('unauthorised', 'this is another tenant’s');
}

/** From a moment on, and before one. */
type Span = { readonly from?: Instant | undefined; readonly until?: Instant | undefined };

/** Lines of one firm, newest first. */
export async function auditPage(
  actor: Inspector,
  db: Queries,
  tenantId: TenantId,
  { what, about, before, from, until }: AuditWish & Span,
): Promise<AuditPage> {
  mustInspect(actor, tenantId);
  const rows = await select(
    db,
    Body,
    `SELECT body FROM audit_lines WHERE tenant_id = $1 AND ($2::text IS NULL OR what = $2)
       AND ($3::text IS NULL OR subject_id = $3 OR actor_id = $3) AND ($4::bigint IS NULL OR sequence < $4)
       AND ($6::timestamptz IS NULL OR at >= $6) AND ($7::timestamptz IS NULL OR at < $7)
     ORDER BY sequence DESC LIMIT $5`,
    [tenantId, what ?? null, about ?? null, before ?? null, PAGE_SIZE, from ?? null, until ?? null],
  );
  const lines = rows.map(({ body }) => AuditLine.parse(JSON.parse(body)));
  return { lines, next: lines.length === PAGE_SIZE ? (lines.at(-1)?.sequence ?? null) : null };
}

/**
 * How far the log has come. What is up to there stays as it is, so nobody is kept from adding to it.
 * @throws Error where the table of the head was emptied
 */
export async function headOf(tx: Queries): Promise<AuditHead> {
  const head = await selectOne(tx, AuditHead, 'SELECT sequence, head FROM audit_head WHERE id = 1');
  if (!head) throw new Error('the head of the audit log is missing');
  return head;
}
