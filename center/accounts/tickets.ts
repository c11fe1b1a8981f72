import { z } from 'zod';
import { AccountId } from '../../contract/words/ids.ts';
import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { hashOfSecret, makeSecret } from './secrets.ts';

/** What a step of a log-in is for: a ticket of one kind opens no other. */
export type Purpose = 'factor' | 'passkey' | 'add-passkey' | 'oidc';

const LASTS_MS = { factor: 300_000, passkey: 300_000, 'add-passkey': 300_000, oidc: 600_000 } as const;
/** A room full of people may share an address; nobody fills a table from one. */
const OPEN_PER_ADDRESS = 100;

const Ticket = z.object({
  hash: z.string(),
  purpose: z.string(),
  accountId: AccountId.nullable(),
  /** What is remembered for the next step: a challenge, or what the city's log-in is to answer. */
  body: z.string(),
});
export type Ticket = Readonly<z.infer<typeof Ticket>>;

type Wish = {
  readonly purpose: Purpose;
  readonly accountId: AccountId | null;
  readonly address: string | undefined;
  readonly body?: string;
};

/** @returns its secret. @throws TryLater where an address has too many that nobody has used */
export async function makeTicket(db: Queries, { purpose, accountId, address, body }: Wish, now: Date): Promise<string> {
  await db.query('DELETE FROM login_tickets WHERE expires_at <= $1', [now.toISOString()]);
  const rows = await db.query('SELECT 1 FROM login_tickets WHERE address = $1 LIMIT $2', [
    ...[address ?? '', OPEN_PER_ADDRESS],
  ]);
  if (rows.length >= OPEN_PER_ADDRESS) throw new TryLater(60);
  const secret = makeSecret();
  await db.query(
    `INSERT INTO login_tickets (secret_hash, purpose, account_id, address, body, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      ...[hashOfSecret('ticket', secret), purpose, accountId, address ?? '', body ?? ''],
      new Date(now.getTime() + LASTS_MS[purpose]).toISOString(),
    ],
  );
  return secret;
}

const COLUMNS = 'secret_hash AS hash, purpose, account_id AS "accountId", body';

/** @throws Refusal `ticket-over` where it was used, is too old, or never was */
export async function readTicket(
  db: Queries,
  secret: string,
  purposes: readonly Purpose[],
  now: Date,
): Promise<Ticket> {
  const sql = `SELECT ${COLUMNS} FROM login_tickets
    WHERE secret_hash = $1 AND purpose = ANY($2::text[]) AND expires_at > $3`;
  const ticket = await selectOne(db, Ticket, sql, [hashOfSecret('ticket', secret), purposes, now.toISOString()]);
  if (!ticket) throw new Refusal('ticket-over');
  return ticket;
}

/** Uses it up: of two that come with the same one, the second comes too late. @throws Refusal `ticket-over` */
export async function useTicket(tx: Queries, { hash }: Pick<Ticket, 'hash'>): Promise<void> {
  const rows = await tx.query('DELETE FROM login_tickets WHERE secret_hash = $1 RETURNING 1', [hash]);
  if (rows.length === 0) throw new Refusal('ticket-over');
}

/** The same, by its secret, in one. @throws Refusal `ticket-over` */
export async function takeTicket(tx: Queries, secret: string, purpose: Purpose, now: Date): Promise<Ticket> {
  const ticket = await readTicket(tx, secret, [purpose], now);
  await useTicket(tx, ticket);
  return ticket;
}

/** Of what somebody who is logged in has begun; there is one of a kind. @throws Refusal `ticket-over` */
export async function takeOwnTicket(tx: Queries, id: AccountId, purpose: Purpose, now: Date): Promise<Ticket> {
  const sql = `DELETE FROM login_tickets WHERE account_id = $1 AND purpose = $2 AND expires_at > $3 RETURNING ${COLUMNS}`;
  const ticket = await selectOne(tx, Ticket, sql, [id, purpose, now.toISOString()]);
  if (!ticket) throw new Refusal('ticket-over');
  return ticket;
}

/** So that there is one of a kind. */
export const dropOwnTickets = (tx: Queries, id: AccountId, purpose: Purpose) =>
  tx.query('DELETE FROM login_tickets WHERE account_id = $1 AND purpose = $2', [id, purpose]);

export const setBody = (db: Queries, { hash }: Pick<Ticket, 'hash'>, body: string) =>
  db.query('UPDATE login_tickets SET body = $2 WHERE secret_hash = $1', [hash, body]);
