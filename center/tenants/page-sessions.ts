import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ListedPageSession } from '../../contract/people-center/operator-api.ts';
import { AccountId, instant, PageSessionId, type Sha256, TenantId, TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { type Administrator, mustRead, type Reader, type Stranger, type Visitor } from './actor.ts';

/** A working day; then whoever it was signs in again. */
const LASTS_MS = 12 * 3_600_000;

const hashOf = (secret: string): Sha256 => sha256(`page-session:${secret}`);

/**
 * Somebody signed in. The secret is random and has nothing of the token in it; the database has its hash.
 * @returns it, for the cookie
 */
export async function openPageSession(
  actor: Visitor | Administrator,
  db: Queries,
  now: Date,
): Promise<{ readonly secret: string; readonly id: PageSessionId }> {
  const [secret, id] = [randomBytes(24).toString('base64url'), PageSessionId.parse(makeId('ps'))];
  const tenantId = actor.kind === 'visitor' ? actor.tenantId : null;
  const expires = new Date(now.getTime() + LASTS_MS).toISOString();
  await inTransaction(db, async (tx) => {
    await tx.query('DELETE FROM page_sessions WHERE expires_at < $1', [now.toISOString()]);
    await tx.query(
      `INSERT INTO page_sessions (id_hash, id, tenant_id, token_id, address, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [hashOf(secret), id, tenantId, actor.token ?? '', actor.address ?? '', now.toISOString(), expires],
    );
    await noteDone(actor, tx, { tenantId, what: 'signed-in', subject: { kind: 'page-session', id } });
  });
  return { secret, id };
}

const Known = z.object({ id: PageSessionId, tenantId: TenantId.nullable(), token: TokenId });
/** A session, and whoever logged in and made its token. */
const KnownPageSession = Known.extend({ madeBy: AccountId.nullable() });
export type KnownPageSession = Readonly<z.infer<typeof KnownPageSession>>;

/** Whose session this is, while it lasts and the token it was opened with works; or `undefined`. */
export async function pageSessionOf(db: Queries, secret: string, now: Date): Promise<KnownPageSession | undefined> {
  return selectOne(
    db,
    KnownPageSession,
    `SELECT s.id, s.tenant_id AS "tenantId", s.token_id AS token,
       (SELECT o.made_by FROM operators o WHERE o.tenant_id = s.tenant_id AND o.id = s.token_id) AS "madeBy"
     FROM page_sessions s
     WHERE s.id_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND (
       EXISTS (SELECT 1 FROM operators o WHERE o.tenant_id = s.tenant_id AND o.id = s.token_id AND o.ended_at IS NULL
         AND (o.expires_at IS NULL OR o.expires_at > $2))
       OR (s.tenant_id IS NULL AND EXISTS (SELECT 1 FROM administrators a WHERE a.id = s.token_id AND a.ended_at IS NULL)))`,
    [hashOf(secret), now.toISOString()],
  );
}

/** What stands in every form of a session: another site, which cannot read the page, does not know it. */
export const formTokenOf = (secret: string): string => sha256(`form:${secret}`);

/**
 * Ends the session whose secret is shown, whoever shows it: who signs in with a token of another firm ends theirs of the one
 * before. The line belongs to the firm of the session, and names the token that it was opened with.
 */
export function signOut({ address }: Stranger | Visitor | Administrator, db: Queries, secret: string, now: Date) {
  return inTransaction(db, async (tx): Promise<void> => {
    const sql = `UPDATE page_sessions SET ended_at = $2 WHERE id_hash = $1 AND ended_at IS NULL
      RETURNING id, tenant_id AS "tenantId", token_id AS token`;
    const ended = await selectOne(tx, Known, sql, [hashOf(secret), now.toISOString()]);
    if (!ended) return;
    const { id, tenantId, token } = ended;
    const holder = { kind: tenantId === null ? 'administrator' : 'visitor', token, address };
    await noteDone(holder, tx, { tenantId, what: 'signed-out', subject: { kind: 'page-session', id } });
  });
}

const Row = Known.omit({ tenantId: true }).extend({ address: z.string(), createdAt: z.date(), expiresAt: z.date() });

/** Everybody who is signed in at the pages of a firm, newest first. */
export async function listPageSessions(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  now: Date,
): Promise<readonly ListedPageSession[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT id, token_id AS token, address, created_at AS "createdAt", expires_at AS "expiresAt" FROM page_sessions
     WHERE tenant_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY created_at DESC, id`,
    [tenantId, now.toISOString()],
  );
  return rows.map(({ createdAt, expiresAt, ...session }) => ({
    ...session,
    createdAt: instant(createdAt),
    expiresAt: instant(expiresAt),
  }));
}

/** Ends a session of the firm, whoever's. @throws Refusal `method-unknown` where there is none such */
export async function endPageSession(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  id: PageSessionId,
  now: Date,
): Promise<void> {
  mustRead(actor, tenantId);
  await inTransaction(db, async (tx) => {
    const sql =
      'UPDATE page_sessions SET ended_at = coalesce(ended_at, $3) WHERE tenant_id = $1 AND id = $2 RETURNING 1';
    const rows = await tx.query(sql, [tenantId, id, now.toISOString()]);
    if (rows.length === 0) throw new Refusal('method-unknown', 'there is no such session');
    await noteDone(actor, tx, { tenantId, what: 'session-ended', subject: { kind: 'page-session', id } });
  });
}
