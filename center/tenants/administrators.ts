import { z } from 'zod';
import type { NewToken } from '../../contract/people-center/operator-api.ts';
import { type Instant, instant, TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { mustFound, type System } from './actor.ts';
import { hashToken, makeOperatorToken } from './tokens.ts';

/** A token with which the center is run for all firms; told once. */
export async function addAdministrator(actor: System, db: Queries, name: string, now: Date): Promise<NewToken> {
  mustFound(actor);
  const made = { id: TokenId.parse(makeId('tk')), token: makeOperatorToken() };
  const deed = { tenantId: null, what: 'token-added', subject: { kind: 'token', id: made.id } } as const;
  await changing(actor, db, deed, stateOf(made.id), (tx) =>
    tx.query('INSERT INTO administrators (token_hash, id, name, created_at) VALUES ($1, $2, $3, $4)', [
      ...[hashToken(made.token), made.id, name, now.toISOString()],
    ]),
  );
  return made;
}

const stateOf = (id: TokenId) => async (tx: Queries) =>
  (await tx.query('SELECT id, name, ended_at FROM administrators WHERE id = $1 FOR NO KEY UPDATE', [id]))[0];

const Row = z.object({ id: TokenId, name: z.string(), createdAt: z.date(), endedAt: z.date().nullable() });
export type ListedAdministrator = {
  readonly id: TokenId;
  readonly name: string;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
};

/** Whoever has or had such a token, the newest first. */
export async function listAdministrators(actor: System, db: Queries): Promise<readonly ListedAdministrator[]> {
  mustFound(actor);
  const sql = `SELECT id, name, created_at AS "createdAt", ended_at AS "endedAt" FROM administrators
    ORDER BY administrators.created_at DESC, id`;
  return (await select(db, Row, sql)).map(({ createdAt, endedAt, ...row }) => ({
    ...row,
    createdAt: instant(createdAt),
    endedAt: endedAt ? instant(endedAt) : null,
  }));
}

/**
 * Ends such a token now, and with it whoever signed in by it. The last one too: whoever has the machine makes another.
 * @throws Refusal `method-unknown` where there is no such token
 */
export async function endAdministrator(actor: System, db: Queries, id: TokenId, now: Date): Promise<void> {
  mustFound(actor);
  const deed = { tenantId: null, what: 'token-ended', subject: { kind: 'token', id } } as const;
  await changing(actor, db, deed, stateOf(id), async (tx) => {
    const sql = 'UPDATE administrators SET ended_at = coalesce(ended_at, $2) WHERE id = $1 RETURNING 1';
    const rows = await tx.query(sql, [id, now.toISOString()]);
    if (rows.length === 0) throw new Refusal('method-unknown', `there is no administrator ${id}`);
  });
}

/** Whether this is a token of the center's own administrators, and which. */
export async function administratorOfToken(db: Queries, token: string): Promise<TokenId | undefined> {
  const sql = 'SELECT id FROM administrators WHERE token_hash = $1 AND ended_at IS NULL';
  return (await selectOne(db, z.object({ id: TokenId }), sql, [hashToken(token)]))?.id;
}
