import { z } from 'zod';
import type { TreePath } from '../../contract/platform/roles.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';

/** Organisations at these places of the tree and below them. */
export async function idsWithin(db: Queries, paths: readonly TreePath[]): Promise<readonly OrganisationId[]> {
  // Of a path's characters `_` alone means something to LIKE.
  const patterns = paths.map((path) => `${path.replaceAll('_', '\\_')}%`);
  const sql = 'SELECT id FROM organisations WHERE path LIKE ANY($1::text[])';
  return (await select(db, z.object({ id: OrganisationId }), sql, [patterns])).map(({ id }) => id);
}
