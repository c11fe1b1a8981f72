import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Sha256, TenantId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import type { System } from './actor.ts';

/** An operator's token: 128 random bits. */
export const makeOperatorToken = (): string => randomBytes(16).toString('base64url');

/** A fast hash is enough for a random token: there is nothing to guess. */
const hashToken = (token: string): Sha256 => sha256(`operator-token:${token}`);

export async function addOperator(_actor: System, db: Queries, tenantId: TenantId, token: string): Promise<void> {
  await db.query('INSERT INTO operators (token_hash, tenant_id) VALUES ($1, $2)', [hashToken(token), tenantId]);
}

/** The tenant an operator's token acts for, or `undefined`. Compared as hashes, so the time it takes tells nothing. */
export async function tenantOfToken(db: Queries, token: string): Promise<TenantId | undefined> {
  const row = await selectOne(
    db,
    z.object({ tenantId: TenantId }),
    'SELECT tenant_id AS "tenantId" FROM operators WHERE token_hash = $1',
    [hashToken(token)],
  );
  return row?.tenantId;
}
