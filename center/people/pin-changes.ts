import { z } from 'zod';
import { type Instant, instant, ProctorId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

export async function notePinChange(
  tx: Queries,
  tenantId: TenantId,
  id: ProctorId,
  what: 'reset' | 'set',
  at: Date,
): Promise<void> {
  await tx.query('INSERT INTO pin_changes (tenant_id, proctor_id, what, at) VALUES ($1, $2, $3, $4)', [
    ...[tenantId, id, what, at.toISOString()],
  ]);
}

/** That an operator took a PIN away, and when another was set with the code that they were told. */
export type PinReset = { readonly resetAt: Instant; readonly setAt: Instant | undefined };

const Row = z.object({ id: ProctorId, what: z.enum(['reset', 'set']), at: z.date() });

/** The resets of each proctor, oldest first: what they decided since may be another's word. */
export async function pinResets(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
): Promise<ReadonlyMap<ProctorId, readonly PinReset[]>> {
  mustRead(actor, tenantId);
  const sql = 'SELECT proctor_id AS id, what, at FROM pin_changes WHERE tenant_id = $1 ORDER BY at, sequence';
  const each = Map.groupBy(await select(db, Row, sql, [tenantId]), ({ id }) => id);
  return new Map([...each].map(([id, changes]) => [id, resetsIn(changes)]));
}

function resetsIn(changes: readonly z.infer<typeof Row>[]): readonly PinReset[] {
  return changes.flatMap(({ what, at }, place) => {
    if (what !== 'reset') return [];
    const set = changes.slice(place + 1).find((one) => one.what === 'set');
    return [{ resetAt: instant(at), setAt: set && instant(set.at) }];
  });
}
