import type { TenantId } from '../../contract/words/ids.ts';
import { keepWithin } from '../database/index.ts';
import type { Actor } from './actor.ts';

/**
 * From here on what is under way asks within the firm of whoever acts: each way in calls this once it knows who that is. Whoever is of
 * no firm has those of all before them, as far as their use cases go.
 * @param also firms that somebody is let into besides
 */
export function actingAs<A extends Actor>(actor: A, also: readonly TenantId[] = []): A {
  keepWithin('tenantId' in actor ? [...new Set([actor.tenantId, ...also])] : '*');
  return actor;
}
