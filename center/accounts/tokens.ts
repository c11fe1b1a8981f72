import { z } from 'zod';
import { mayLend } from '../../contract/platform/giving.ts';
import { type HeldRole, isWithin, type Role } from '../../contract/platform/roles.ts';
import { AccountId, type Instant, instant, OrganisationId, TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Database, inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { idsWithin, placesOf } from '../organisations/index.ts';
import { type ActingAccount, guarded, ofAddress, reachOf } from '../tenants/index.ts';
import { mustBePerson } from './logins.ts';
import { asHeld, KeptRole, placedRoles, ROLES, rolesNow } from './rows.ts';
import { hashOfSecret, makeSecret } from './secrets.ts';

const DAY_MS = 24 * 3_600_000;
/** What a program shows begins with this: whoever finds one in a file knows what it is. */
const PREFIX = 'xp_';
/** Who has programs. */
const OWNERS = ['platform', 'bureau', 'firm', 'agency'] as const satisfies readonly Role[];

export type ProgramWish = KeptRole & { readonly name: string; readonly days: number };
export type MadeProgram = { readonly id: TokenId; readonly token: string };

const deedOn = (what: 'token-added' | 'token-ended', id: TokenId) =>
  ({ tenantId: null, what, subject: { kind: 'token', id } }) as const;
const stateOf = (id: TokenId) => async (tx: Queries) =>
  (
    await tx.query(
      `SELECT account_id, name, role, organisation_id, expires_at, ended_at FROM program_tokens WHERE id = $1
       FOR NO KEY UPDATE`,
      [id],
    )
  )[0];

/**
 * A token for a program: one role at one organisation, told once. It is never more than who made it is, at any later time either.
 * @throws Refusal `role-beyond`
 */
export function addProgram(
  actor: ActingAccount,
  db: Database | Queries,
  { name, role, organisationId, days }: ProgramWish,
  now: Date,
): Promise<MadeProgram> {
  mustBePerson(actor);
  return inTransaction(db, async (tx) => {
    const place = (await placesOf(tx, [organisationId])).get(organisationId);
    const held = await rolesNow(tx, actor.id);
    if (place?.state !== 'approved' || !mayLend(held, role, place)) throw new Refusal('role-beyond');
    const [id, token] = [TokenId.parse(makeId('tk')), `${PREFIX}${makeSecret()}`];
    const ends = new Date(now.getTime() + days * DAY_MS).toISOString();
    await changing(actor, tx, deedOn('token-added', id), stateOf(id), () =>
      tx.query(
        `INSERT INTO program_tokens (token_hash, id, account_id, name, role, organisation_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [hashOfSecret('program', token), id, actor.id, name, role, organisationId, now.toISOString(), ends],
      ),
    );
    return { id, token };
  });
}

const Row = KeptRole.extend({
  id: TokenId,
  name: z.string(),
  expiresAt: z.date(),
  endedAt: z.date().nullable(),
});
export type ListedProgram = {
  readonly id: TokenId;
  readonly name: string;
  readonly role: Role;
  readonly organisationId: OrganisationId;
  readonly organisation: string;
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
};

/** Tokens of programs within reach, whoever made them, the newest first. */
export async function listPrograms(actor: ActingAccount, db: Queries): Promise<readonly ListedProgram[]> {
  const rows = await select(
    db,
    Row,
    `SELECT id, name, role, organisation_id AS "organisationId", expires_at AS "expiresAt", ended_at AS "endedAt"
     FROM program_tokens WHERE organisation_id = ANY($1::text[]) ORDER BY created_at DESC, id LIMIT 1000`,
    [await idsWithin(db, reachOf(actor, ...OWNERS))],
  );
  const places = await placesOf(
    db,
    rows.map(({ organisationId }) => organisationId),
  );
  return rows.map(({ expiresAt, endedAt, ...row }) => ({
    ...row,
    organisation: places.get(row.organisationId)?.name ?? '',
    expiresAt: instant(expiresAt),
    endedAt: endedAt ? instant(endedAt) : null,
  }));
}

/** Ends a token now. @throws Refusal `method-unknown` where there is none such within reach */
export function endProgram(actor: ActingAccount, db: Database | Queries, id: TokenId, now: Date): Promise<void> {
  mustBePerson(actor);
  return inTransaction(db, async (tx) => {
    const shape = z.object({ organisationId: OrganisationId });
    const sql = 'SELECT organisation_id AS "organisationId" FROM program_tokens WHERE id = $1 FOR UPDATE';
    const kept = await selectOne(tx, shape, sql, [id]);
    const place = kept && (await placesOf(tx, [kept.organisationId])).get(kept.organisationId);
    if (!place || !reachOf(actor, ...OWNERS).some((above) => isWithin(place.path, above)))
      throw new Refusal('method-unknown', 'there is no such token');
    await changing(actor, tx, deedOn('token-ended', id), stateOf(id), () =>
      tx.query('UPDATE program_tokens SET ended_at = coalesce(ended_at, $2) WHERE id = $1', [id, now.toISOString()]),
    );
  });
}

const Shown = KeptRole.extend({
  token: TokenId,
  name: z.string(),
  id: AccountId,
  makerRoles: z.array(KeptRole).readonly(),
});
export type KnownProgram = {
  readonly id: AccountId;
  readonly name: string;
  readonly token: TokenId;
  readonly roles: readonly HeldRole[];
};

/** Which program this is, while its token lasts and who made it could still make it; compared as hashes. */
export const programOf = (db: Queries, token: string, now: Date): Promise<KnownProgram | undefined> =>
  programBy(db, 'token_hash', hashOfSecret('program', token), now);

/** The same of one that showed its token before. */
export const programById = (db: Queries, id: TokenId, now: Date): Promise<KnownProgram | undefined> =>
  programBy(db, 'id', id, now);

async function programBy(
  db: Queries,
  column: 'token_hash' | 'id',
  value: string,
  now: Date,
): Promise<KnownProgram | undefined> {
  const shown = await selectOne(
    db,
    Shown,
    `SELECT t.id AS token, t.name, t.role, t.organisation_id AS "organisationId", a.id, ${ROLES} AS "makerRoles"
     FROM program_tokens t JOIN accounts a ON a.id = t.account_id
     WHERE t.${column} = $1 AND t.ended_at IS NULL AND t.expires_at > $2 AND a.state = 'active'`,
    [value, now.toISOString()],
  );
  if (!shown) return undefined;
  const { role, organisationId, makerRoles, ...known } = shown;
  const [own, ...makers] = await placedRoles(db, [{ role, organisationId }, ...makerRoles]);
  const held = makers.filter(({ state }) => state === 'approved');
  if (own?.state !== 'approved' || !mayLend(held, role, own)) return undefined;
  return { ...known, roles: [asHeld(own)] };
}

/**
 * Refuses a token that is nobody's; whoever shows wrong ones waits. One of another kind, a firm's perhaps, is no guess.
 * @throws Refusal `unauthorised`; TryLater
 */
export function refuseProgram(db: Database, now: Date, address: string, token: string): Promise<never> {
  const refuse = () => Promise.reject(new Refusal('unauthorised', 'this needs a token of the platform'));
  if (!token.startsWith(PREFIX)) return refuse();
  return guarded(db, now, [ofAddress('program-token', address)], ['unauthorised'], refuse);
}
