import { z } from 'zod';
import type { HookEventName, HookMessage } from '../../contract/platform/hooks.ts';
import type { TreePath } from '../../contract/platform/roles.ts';
import { DeliveryId, HookId, instant, OrganisationId } from '../../contract/words/ids.ts';
import { makeId } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { addJob } from '../jobs/index.ts';

const KIND = 'hook-delivery';

export type Happened = {
  readonly event: HookEventName;
  /** Where: asked for only if anybody wants to be told of such things. */
  readonly where: () => Promise<{ readonly id: OrganisationId; readonly path: TreePath }>;
  /** Of each, an id. */
  readonly subjects: readonly string[];
};

const Wanting = z.object({ id: HookId, organisationId: OrganisationId });

/**
 * Tells whoever wants to be told, in the transaction in which it happens: both are kept, or neither. What was told of the same thing
 * before is not told again.
 */
export async function happened(tx: Queries, { event, where, subjects }: Happened, now: Date): Promise<void> {
  if (subjects.length === 0) return;
  const sql = `SELECT id, organisation_id AS "organisationId" FROM hooks WHERE ended_at IS NULL AND $1 = ANY(events)`;
  const wanting = await select(tx, Wanting, sql, [event]);
  if (wanting.length === 0) return;
  const { id, path } = await where();
  const above = new Set(path.split('/'));
  for (const hook of wanting.filter(({ organisationId }) => above.has(organisationId)))
    for (const subject of subjects) {
      const data = { organisationId: id, id: subject };
      await addDelivery(tx, hook.id, { type: event, timestamp: instant(now), data }, now);
    }
}

/** @returns the id of the message; nothing where it was told before */
export async function addDelivery(
  tx: Queries,
  hookId: HookId,
  message: HookMessage,
  now: Date,
): Promise<DeliveryId | undefined> {
  const deliveryId = DeliveryId.parse(makeId('msg'));
  const added = await tx.query(
    `INSERT INTO hook_deliveries (id, hook_id, event, subject, body, state, made_at)
     VALUES ($1, $2, $3, $4, $5, 'waiting', $6) ON CONFLICT (hook_id, event, subject) DO NOTHING RETURNING id`,
    [deliveryId, hookId, message.type, message.data.id, JSON.stringify(message), now.toISOString()],
  );
  if (added.length === 0) return undefined;
  await addJob(tx, { kind: KIND, asked: { deliveryId } }, now);
  return deliveryId;
}
