import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ListedToken, NewToken, TokenWish } from '../../contract/people-center/operator-api.ts';
import { instant, type Sha256, TenantId, TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { changing } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Database, type Queries, select, selectOne } from '../database/index.ts';
import { type Founder, type Manager, mustFound, mustManage, type System } from './actor.ts';
import { guarded, ofAddress } from './tries.ts';

/** A token: 128 random bits. */
export const makeOperatorToken = (): string => randomBytes(16).toString('base64url');

/** A fast hash is enough for a random token: there is nothing to guess. */
const hashToken = (token: string): Sha256 => sha256(`operator-token:${token}`);

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

const storeToken = (
  actor: Manager | Founder,
  db: Queries,
  tenantId: TenantId,
  { id, token, name, expiresAt }: Stored,
): Promise<void> =>
  changing(actor, db, { tenantId, what: 'token-added', subject: { kind: 'token', id } }, stateOf(tenantId, id), (tx) =>
    tx
      .query('INSERT INTO operators (token_hash, tenant_id, id, name, expires_at) VALUES ($1, $2, $3, $4, $5)', [
        ...[hashToken(token), tenantId, id, name, expiresAt ?? null],
      ])
      .then(() => undefined),
  );

const stateOf = (tenantId: TenantId, id: TokenId) => async (tx: Queries) =>
  (
    await tx.query('SELECT id, name, expires_at, ended_at FROM operators WHERE tenant_id = $1 AND id = $2', [
      tenantId,
      id,
    ])
  )[0];

const Row = z.object({
  id: TokenId,
  name: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});

/** The tokens of a firm, newest first; none of them can be read again. */
export async function listTokens(actor: Manager, db: Queries, tenantId: TenantId): Promise<readonly ListedToken[]> {
  mustManage(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT id, name, created_at AS "createdAt", expires_at AS "expiresAt", ended_at AS "endedAt"
     FROM operators WHERE tenant_id = $1 ORDER BY created_at DESC, id`,
    [tenantId],
  );
  const at = (date: Date | null) => (date ? instant(date) : null);
  return rows.map(({ id, name, createdAt, expiresAt, endedAt }) => ({
    ...{ id, name, createdAt: instant(createdAt), expiresAt: at(expiresAt), endedAt: at(endedAt) },
  }));
}

/**
 * Ends a token now, and with it whoever signed in by it.
 * @throws Refusal `method-unknown` where this tenant has no such token; `not-allowed-now` for the last one that works: nobody
 * would come in any more
 */
export async function endToken(actor: Manager, db: Queries, tenantId: TenantId, id: TokenId, now: Date): Promise<void> {
  mustManage(actor, tenantId);
  const deed = { tenantId, what: 'token-ended', subject: { kind: 'token', id } } as const;
  return changing(actor, db, deed, stateOf(tenantId, id), async (tx) => {
    const works = `ended_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`;
    const others = await tx.query(`SELECT 1 FROM operators WHERE tenant_id = $1 AND ${works} AND id <> $3 FOR UPDATE`, [
      ...[tenantId, now.toISOString(), id],
    ]);
    if (others.length === 0) throw new Refusal('not-allowed-now', 'it is the last token: add another one first');
    const sql =
      'UPDATE operators SET ended_at = coalesce(ended_at, $3) WHERE tenant_id = $1 AND id = $2 RETURNING token_hash';
    const rows = await tx.query(sql, [tenantId, id, now.toISOString()]);
    if (rows.length === 0) throw new Refusal('method-unknown', 'there is no such token');
  });
}

/** A token and the firm it acts for. */
export type KnownToken = { readonly tenantId: TenantId; readonly token: TokenId };

/** Whose token this is, while it works, or `undefined`. Compared as hashes, so the time it takes tells nothing. */
export async function tenantOfToken(db: Queries, token: string, now: Date): Promise<KnownToken | undefined> {
  return selectOne(
    db,
    z.object({ tenantId: TenantId, token: TokenId }),
    `SELECT tenant_id AS "tenantId", id AS token FROM operators
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

/** A token with which the center is run for all firms; told once. */
export async function addAdministrator(actor: System, db: Queries, name: string, now: Date): Promise<NewToken> {
  mustFound(actor);
  const made = { id: TokenId.parse(makeId('tk')), token: makeOperatorToken() };
  const deed = { tenantId: null, what: 'token-added', subject: { kind: 'token', id: made.id } } as const;
  await changing(
    actor,
    db,
    deed,
    async (tx) => (await tx.query('SELECT id, name, ended_at FROM administrators WHERE id = $1', [made.id]))[0],
    (tx) =>
      tx.query('INSERT INTO administrators (token_hash, id, name, created_at) VALUES ($1, $2, $3, $4)', [
        ...[hashToken(made.token), made.id, name, now.toISOString()],
      ]),
  );
  return made;
}

/** Whether this is a token of the center's own administrators, and which. */
export async function administratorOfToken(db: Queries, token: string): Promise<TokenId | undefined> {
  const sql = 'SELECT id FROM administrators WHERE token_hash = $1 AND ended_at IS NULL';
  return (await selectOne(db, z.object({ id: TokenId }), sql, [hashToken(token)]))?.id;
}
