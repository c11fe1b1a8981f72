import type { ErasureCause, RetentionKind } from '../../contract/platform/retention.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { type Doer, noteDone } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import type { Queries } from '../database/index.ts';

export type NewErasure = {
  readonly tenantId: TenantId | null;
  readonly kind: RetentionKind;
  readonly count: number;
  readonly months: number | null;
  readonly cause: ErasureCause;
  readonly by?: { readonly id: string; readonly name: string };
  readonly at: Date;
};

/** Writes down how many of what were erased, and that in the audit log too: with the transaction in which they are. */
export async function noteErasure(
  actor: Doer,
  tx: Queries,
  { tenantId, kind, count, months, cause, by, at }: NewErasure,
): Promise<void> {
  const id = makeId('er');
  await tx.query(
    `INSERT INTO erasures (id, tenant_id, kind, count, months, cause, by_account, by_name, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, tenantId, kind, count, months, cause, by?.id ?? null, by?.name ?? null, at.toISOString()],
  );
  const subject = { kind: 'erasure', id: `${id} ${kind} ${count}` };
  await noteDone(actor, tx, { tenantId, what: 'erased', subject });
}
