import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Visitor } from '../tenants/index.ts';

/** Writes down who looked at what of people, before they see it. */
export const lookedAt = (actor: Visitor, { db }: Center, list: string): Promise<void> =>
  noteDone(actor, db, { tenantId: actor.tenantId, what: 'looked', subject: { kind: 'list', id: list } });
