import { z } from 'zod';
import { AccountId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { goOn, type Step } from './logging-in.ts';
import { byAccount, type Caller, type From, foldLogin, mustBeFresh, mustBePerson } from './logins.ts';
import { lockRow } from './rows.ts';
import { makeTicket, takeTicket } from './tickets.ts';

/** What is remembered of somebody who was sent to the city's log-in, until they come back. */
const Trip = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where they come back to. */
  returns: z.string(),
});
export type Trip = Readonly<z.infer<typeof Trip>>;

type Place = Pick<Center, 'db' | 'now'>;

/** @returns a secret that the browser keeps meanwhile: nobody else comes back in its place. @throws TryLater */
export function beginTrip(actor: Caller, { db, now }: Place, trip: Trip): Promise<string> {
  return makeTicket(
    db,
    { purpose: 'oidc', accountId: null, address: actor.address, body: JSON.stringify(trip) },
    now(),
  );
}

/** The same, to link the city's log-in to one's own account. @throws Refusal `log-in-again`; TryLater */
export async function beginLinking(actor: ActingAccount, { db, now }: Place, trip: Trip): Promise<string> {
  mustBePerson(actor);
  await mustBeFresh(actor, db, now());
  const wish = { purpose: 'oidc', accountId: actor.id, address: actor.address, body: JSON.stringify(trip) } as const;
  return makeTicket(db, wish, now());
}

/** Once. @throws Refusal `ticket-over` */
export async function endTrip(
  { db, now }: Place,
  secret: string,
): Promise<Trip & { readonly linking: AccountId | null }> {
  const { body, accountId } = await takeTicket(db, secret, 'oidc', now());
  return { ...Trip.parse(JSON.parse(body)), linking: accountId };
}

/** Who somebody is at the city's log-in. */
export type CityPerson = {
  readonly issuer: string;
  readonly subject: string;
  /** Their login here, as that log-in vouches for it; none where this center takes no word on it. */
  readonly login?: string | undefined;
};

const Whose = z.object({ id: AccountId });

/**
 * Logs in whoever the city's log-in says it is: by the link that was made before, or, where the operator named a claim and there is
 * none, to the account with that login, which it is linked to from then on.
 * @throws Refusal `oidc-refused`, `roles-none`; TryLater
 */
export async function logInFromCity(actor: Caller, { db, now }: Center, person: CityPerson, from: From): Promise<Step> {
  const sql = `SELECT a.id FROM oidc_links o JOIN accounts a ON a.id = o.account_id
    WHERE o.issuer = $1 AND o.subject = $2 AND a.state = 'active'`;
  const linked = await selectOne(db, Whose, sql, [person.issuer, person.subject]);
  const id = linked?.id ?? (await db.transaction((tx) => linkByLogin(tx, actor, person)));
  return goOn(actor, db, id, from, now());
}

/** Whoever was invited comes in that way as well; an account that is linked to somebody else there stays theirs. */
async function linkByLogin(tx: Queries, { address }: Caller, person: CityPerson): Promise<AccountId> {
  const sql = `SELECT id FROM accounts WHERE login = $1 AND state IN ('active', 'invited') FOR UPDATE`;
  const known = person.login && (await selectOne(tx, Whose, sql, [foldLogin(person.login)]));
  if (!known) throw new Refusal('oidc-refused');
  await tx.query("UPDATE accounts SET state = 'active' WHERE id = $1", [known.id]);
  await tx.query('DELETE FROM account_secrets WHERE account_id = $1', [known.id]);
  await link(tx, known.id, person, address);
  return known.id;
}

/** Links somebody's own account. @throws Refusal `oidc-refused` where one of both is linked already */
export const linkCity = ({ address }: Caller, { db }: Place, id: AccountId, person: CityPerson): Promise<void> =>
  db.transaction(async (tx) => {
    await lockRow(tx, id);
    await link(tx, id, person, address);
  });

async function link(tx: Queries, id: AccountId, { issuer, subject }: CityPerson, address: string | undefined) {
  const rows = await tx.query(
    `INSERT INTO oidc_links (issuer, subject, account_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1`,
    [issuer, subject, id],
  );
  if (rows.length === 0) throw new Refusal('oidc-refused', 'it is linked already');
  const about = { kind: 'account', id };
  await noteDone(byAccount(id, address), tx, { tenantId: null, what: 'factor-added', subject: about });
}
