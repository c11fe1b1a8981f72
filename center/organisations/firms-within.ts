import { z } from 'zod';
import { type Role, TreePath } from '../../contract/platform/roles.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { type ActingAccount, reachOf } from '../tenants/index.ts';
import { mustBeAccount, within } from './reach.ts';
import { isInName } from './rows.ts';

const Row = z
  .object({ id: OrganisationId, tenantId: TenantId, name: z.string(), licence: z.string().nullable(), path: TreePath })
  .readonly();
/** Whoever has data of its own: a firm, an agency, a room. */
export type FirmWithin = z.infer<typeof Row>;

export type WhichFirms = {
  /** At or below which place. */
  readonly below?: OrganisationId | undefined;
  /** What stands in their name. */
  readonly name?: string | undefined;
};

/** The firms that one of these roles reaches, all of them: lists over many firms are asked with their tenants. */
export function firmsWithin(
  actor: ActingAccount,
  db: Queries,
  roles: readonly Role[],
  { below: place, name }: WhichFirms = {},
): Promise<readonly FirmWithin[]> {
  mustBeAccount(actor);
  const reach = within(reachOf(actor, ...roles), 1);
  const params: unknown[] = [...reach.params];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const conditions = [reach.sql, 'o.tenant_id IS NOT NULL'];
  if (place) {
    const given = param(place);
    conditions.push(`EXISTS (SELECT 1 FROM organisations a WHERE a.id = ${given} AND starts_with(o.path, a.path))`);
  }
  if (name) conditions.push(isInName(param(name)));
  const sql = `SELECT o.id, o.tenant_id AS "tenantId", o.name, o.licence, o.path FROM organisations o
    WHERE ${conditions.join(' AND ')} ORDER BY o.path`;
  return select(db, Row, sql, params);
}
