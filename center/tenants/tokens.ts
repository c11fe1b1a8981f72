import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ListedToken, NewToken, TokenWish } from '../../contract/people-center/operator-api.ts';
import { AccountId, instant, type Sha256, TenantId, TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { changing } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Database, inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { type Founder, type Manager, mustFound, mustKeepTree, mustManage, type TreeKeeper } from './actor.ts';
import { guarded, ofAddress } from './tries.ts';

/** A token: 128 random bits. */
export const makeOperatorToken = (): string => randomBytes(16).toString('base64url');

/** A fast hash is enough for a random token: there is nothing to guess. */
export const hashToken = (token: string): Sha256 => sha256(`operator-token:${token}`);

/** The first token of a firm. Only its hash is kept. */
export async function addOperator(
  actor: Founder,
  db: Queries,
  tenantId: TenantId,
  token: string,
  name = 'first',
): Promise<void> {
  mustFound(actor);
  await storeToken(actor, db, tenantId, { name, token, id: TokenId.parse(makeId('tk')) });
}

/** Another token of a firm, for another person or program; told once. */
export async function addToken(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { name, expiresAt }: TokenWish,
): Promise<NewToken> {
  mustManage(actor, tenantId);
  const made = { id: TokenId.parse(makeId('tk')), token: makeOperatorToken() };
  await storeToken(actor, db, tenantId, { ...made, name, expiresAt });
  return made;
}

type Stored = {
  readonly id: TokenId;
  readonly token: string;
  readonly name: string;
  readonly expiresAt?: string | undefined;
};

/** Whoever logged in, where it is no program or command. */
const accountOf = (actor: Manager | Founder): AccountId | null =>
  (actor.kind === 'operator' ? actor.account : undefined) ?? null;

const storeToken = (
  actor: Manager | Founder,
  db: Queries,
  tenantId: TenantId,
  { id, token, name, expiresAt }: Stored,
): Promise<void> =>
  changing(actor, db, { tenantId, what: 'token-added', subject: { kind: 'token', id } }, stateOf(tenantId, id), (tx) =>
    tx
      .query(
        'INSERT INTO operators (token_hash, tenant_id, id, name, expires_at, made_by) VALUES ($1, $2, $3, $4, $5, $6)',
        [...[hashToken(token), tenantId, id, name, expiresAt ?? null, accountOf(actor)]],
      )
      .then(() => undefined),
  );

const stateOf = (tenantId: TenantId, id: TokenId) => async (tx: Queries) =>
  (
    await tx.query(
      'SELECT id, name, expires_at, ended_at FROM operators WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
      [tenantId, id],
    )
  )[0];

const Row = z.object({
  id: TokenId,
  name: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  madeBy: AccountId.nullable(),
});

/** The tokens of a firm, newest first; none of them can be read again. */
export async function listTokens(actor: Manager, db: Queries, tenantId: TenantId): Promise<readonly ListedToken[]> {
  mustManage(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT id, name, created_at AS "createdAt", expires_at AS "expiresAt", ended_at AS "endedAt", made_by AS "madeBy"
     FROM operators WHERE tenant_id = $1 ORDER BY created_at DESC, id`,
    [tenantId],
  );
  const at = (date: Date | null) => (date ? instant(date) : null);
  return rows.map(({ id, name, createdAt, expiresAt, endedAt, madeBy }) => ({
    ...{ id, name, createdAt: instant(createdAt), expiresAt: at(expiresAt), endedAt: at(endedAt), madeBy },
  }));
}

/**
 * Ends a token now, and with it whoever signed in by it.
 * @throws Refusal `method-unknown` where this tenant has no such token; `not-allowed-now` where no other is left that works and
 * does not end by itself, and whoever ends it comes in by nothing else: nobody would come in any more
 */
export async function endToken(
  actor: Manager,
  db: Queries | Database,
  tenantId: TenantId,
  id: TokenId,
  now: Date,
): Promise<void> {
  mustManage(actor, tenantId);
  const deed = { tenantId, what: 'token-ended', subject: { kind: 'token', id } } as const;
  await inTransaction(db, async (tx) => {
    // All of them, in one order: of two that end each other's the second sees what the first has done.
    const all = await select(
      tx,
      z.object({ id: TokenId, lasts: z.boolean() }),
      `SELECT id, ended_at IS NULL AND expires_at IS NULL AS lasts FROM operators WHERE tenant_id = $1
       ORDER BY id FOR NO KEY UPDATE`,
      [tenantId],
    );
    const hasAccount = actor.kind === 'operator' && actor.account !== undefined;
    if (!hasAccount && !all.some((one) => one.lasts && one.id !== id))
      throw new Refusal('not-allowed-now', 'no other token is left that does not end by itself: add one first');
    await changing(actor, tx, deed, stateOf(tenantId, id), async () => {
      const sql =
        'UPDATE operators SET ended_at = coalesce(ended_at, $3) WHERE tenant_id = $1 AND id = $2 RETURNING token_hash';
      const rows = await tx.query(sql, [tenantId, id, now.toISOString()]);
      if (rows.length === 0) throw new Refusal('method-unknown', 'there is no such token');
    });
  });
}

/** Ends all tokens of a firm that is closed, and with them whoever signed in: `organisations` writes down who closed it. */
export async function endAccess(actor: TreeKeeper, tx: Queries, tenantId: TenantId): Promise<void> {
  mustKeepTree(actor);
  await tx.query('UPDATE operators SET ended_at = coalesce(ended_at, now()) WHERE tenant_id = $1', [tenantId]);
}

/** A token, the firm it acts for, and whoever logged in and made it. */
export type KnownToken = { readonly tenantId: TenantId; readonly token: TokenId; readonly madeBy: AccountId | null };

/**
 * Whose token this is, while it works, or `undefined`. Compared as hashes, so the time it takes tells nothing. Whether whoever made it
 * could make it still, `accounts` says.
 */
export async function tenantOfToken(db: Queries, token: string, now: Date): Promise<KnownToken | undefined> {
  return selectOne(
    db,
    z.object({ tenantId: TenantId, token: TokenId, madeBy: AccountId.nullable() }),
    `SELECT tenant_id AS "tenantId", id AS token, made_by AS "madeBy" FROM operators
     WHERE token_hash = $1 AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
    [hashToken(token), now.toISOString()],
  );
}

/**
 * Refuses a token that is nobody's, at every way in alike. Whoever shows a wrong one waits; whoever shows a right one never does,
 * from wherever others guess.
 * @throws Refusal `unauthorised`; TryLater
 */
export const refuseToken = (db: Database, now: Date, address: string): Promise<never> =>
  guarded(db, now, [ofAddress('operator-token', address)], ['unauthorised'], async () => {
    throw new Refusal('unauthorised', 'this needs an operator token');
  });
