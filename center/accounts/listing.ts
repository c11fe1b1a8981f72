import { z } from 'zod';
import type { Account } from '../../contract/platform/accounts.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { isWithin, type Role, type TreePath } from '../../contract/platform/roles.ts';
import { AccountId, instant, type OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { idsWithin, placesOf, ROOT } from '../organisations/index.ts';
import { type ActingAccount, reachOf } from '../tenants/index.ts';
import type { Giver } from './giving.ts';
import { ACCOUNT, AccountRow, accountById, asHeld, placedRoles } from './rows.ts';

/** Whoever has accounts below them. */
const KEEPERS = ['platform', 'bureau', 'firm', 'agency', 'room'] as const satisfies readonly Role[];

const seesAt = (actor: Giver, path: TreePath): boolean =>
  actor.kind === 'system' || reachOf(actor, ...KEEPERS).some((above) => isWithin(path, above));

/** Accounts as the actor is shown them: what somebody is elsewhere, is for those there. */
async function asAccounts(actor: Giver, db: Queries, rows: readonly AccountRow[]): Promise<readonly Account[]> {
  const placed = await placedRoles(
    db,
    rows.flatMap(({ roles }) => roles),
  );
  const find = new Map(placed.map((one) => [`${one.role} ${one.organisationId}`, one]));
  return rows.map(({ seenAt, roles, ...row }) => ({
    ...row,
    lastSeen: seenAt ? instant(seenAt) : null,
    roles: roles.flatMap(({ role, organisationId }) => {
      const one = find.get(`${role} ${organisationId}`);
      return one && seesAt(actor, one.path) ? [asHeld(one)] : [];
    }),
  }));
}

/** @throws Refusal `account-unknown` */
export async function asAccount(actor: Giver, db: Queries, id: AccountId): Promise<Account> {
  const row = await accountById(db, id);
  const [account] = row ? await asAccounts(actor, db, [row]) : [];
  if (!account) throw new Refusal('account-unknown');
  return account;
}

/** Whom somebody has nothing to do with, is not there for them. @throws Refusal `account-unknown` */
export async function mustSee(actor: Giver, db: Queries, row: AccountRow): Promise<void> {
  if (actor.kind === 'system' || actor.roles.some(({ role }) => role === 'platform')) return;
  const placed = await placedRoles(db, row.roles);
  if (!placed.some(({ path }) => seesAt(actor, path))) throw new Refusal('account-unknown');
}

export type AccountsWish = {
  readonly after?: Cursor | undefined;
  readonly size: number;
  readonly organisationId?: OrganisationId | undefined;
  readonly role?: Role | undefined;
  readonly search?: string | undefined;
};

/** Accounts within reach, by name. @throws Refusal `unauthorised` where the organisation asked for lies beyond it */
export async function listAccounts(
  actor: ActingAccount,
  db: Queries,
  { after, size, organisationId, role, search }: AccountsWish,
): Promise<{ readonly rows: readonly Account[]; readonly next: Cursor | null }> {
  const where = await whereOf(actor, db, organisationId);
  const [name, id] = after ? readCursor(after, After) : ['', ''];
  const found = await select(
    db,
    AccountRow,
    `SELECT ${ACCOUNT} FROM accounts a
     WHERE (a.name, a.id) > ($1, $2)
       AND (($3::text[] IS NULL AND $4::text IS NULL) OR EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id
         AND ($3::text[] IS NULL OR r.organisation_id = ANY($3)) AND ($4::text IS NULL OR r.role = $4)))
       AND ($5::text IS NULL OR a.name ILIKE $5 OR a.login ILIKE $5)
     ORDER BY a.name, a.id LIMIT $6`,
    [name, id, where, role ?? null, search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null, size + 1],
  );
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  return {
    rows: await asAccounts(actor, db, shown),
    next: found.length > size && last ? cursorOf([last.name, last.id]) : null,
  };
}

/** The organisations whose accounts are shown; `null` where that is all. */
async function whereOf(
  actor: ActingAccount,
  db: Queries,
  one: OrganisationId | undefined,
): Promise<readonly OrganisationId[] | null> {
  if (one) {
    const place = (await placesOf(db, [one])).get(one);
    if (!place || !seesAt(actor, place.path))
      throw new Refusal('unauthorised', 'this is beyond the reach of your roles');
    return [one];
  }
  const reach = reachOf(actor, ...KEEPERS);
  return reach.some((path) => path === `${ROOT}/`) ? null : idsWithin(db, reach);
}

/** What those are called who have a role at an organisation: they are known there. */
export async function namesAt(db: Queries, id: OrganisationId): Promise<ReadonlyMap<string, string>> {
  const sql = `SELECT a.id, a.name FROM accounts a
    WHERE EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id AND r.organisation_id = $1)`;
  const rows = await select(db, z.object({ id: z.string(), name: z.string() }), sql, [id]);
  return new Map(rows.map((row) => [row.id, row.name]));
}

const After = z.tuple([z.string(), AccountId]);
