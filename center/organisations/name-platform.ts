import { OrganisationId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import type { Actor } from '../tenants/index.ts';

/** The root of the tree, whose name is that of the platform. */
export const PLATFORM = OrganisationId.parse('og_platform');

/** Names the platform, when it is set up. */
export async function namePlatform(_actor: Actor, db: Queries, name: string): Promise<void> {
  await db.query('UPDATE organisations SET name = $2 WHERE id = $1', [PLATFORM, name]);
}
