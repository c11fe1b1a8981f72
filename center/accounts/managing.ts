import { z } from 'zod';
import type { Account } from '../../contract/platform/accounts.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { AccountId, type OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { type Database, inTransaction, type Queries, selectOne } from '../database/index.ts';
import type { System } from '../tenants/index.ts';
import { dropFactors } from './authenticators.ts';
import { type Giver, giverId, heldBy, lockPlatform, mustGive, mustOutrank, takeable } from './giving.ts';
import { makeAccountSecret } from './invitations.ts';
import { asAccount, mustSee } from './listing.ts';
import { endLogins } from './logins.ts';
import { type AccountRow, type KeptRole, lockAccount, stateOfAccount } from './rows.ts';

type On = Database | Queries;
const deedOn = (
  what: 'account-added' | 'account-invited' | 'account-recovered' | 'account-ended' | 'roles-set',
  id: AccountId,
) => ({ tenantId: null, what, subject: { kind: 'account', id } }) as const;

type NewAccount = {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly KeptRole[];
  /** None of who is invited. */
  readonly passwordHash: string | null;
};

/** @throws Refusal `login-taken` */
export async function insertAccount(
  tx: Queries,
  id: AccountId,
  { login, name, roles, passwordHash }: NewAccount,
  now: Date,
): Promise<void> {
  const added = await tx.query(
    `INSERT INTO accounts (id, login, name, password_hash, state, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (login) DO NOTHING RETURNING 1`,
    [id, login, name, passwordHash, passwordHash === null ? 'invited' : 'active', now.toISOString()],
  );
  if (added.length === 0) throw new Refusal('login-taken');
  for (const role of roles) await insertRole(tx, id, role);
}

/** Whether an account has this login, or had it: nobody comes in under the name of somebody who is gone. */
export const isLoginTaken = async (db: Queries, login: string): Promise<boolean> =>
  (await db.query('SELECT 1 FROM accounts WHERE login = $1', [login])).length > 0;

const insertRole = (tx: Queries, id: AccountId, { role, organisationId }: KeptRole) =>
  tx.query('INSERT INTO account_roles (account_id, role, organisation_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    id,
    role,
    organisationId,
  ]);

export const newAccountId = (): AccountId => AccountId.parse(makeId('ap'));

export type Invitee = Pick<NewAccount, 'login' | 'name' | 'roles'>;
export type Invited = { readonly account: Account; readonly secret: string };

/**
 * Invites somebody to roles within reach. The secret is told once, and sets their password within seven days.
 * @throws Refusal `role-beyond`, `login-taken`
 */
export function invite(actor: Giver, db: On, { login, name, roles }: Invitee, now: Date): Promise<Invited> {
  return inTransaction(db, async (tx) => {
    await mustGive(tx, await heldBy(actor, tx), roles);
    const id = newAccountId();
    const secret = await changing(actor, tx, deedOn('account-invited', id), stateOfAccount(id), async () => {
      await insertAccount(tx, id, { login, name, roles, passwordHash: null }, now);
      return makeAccountSecret(tx, id, 'join', giverId(actor), now);
    });
    return { account: await asAccount(actor, tx, id), secret };
  });
}

/** Whoever registered a firm, once it is approved. */
export type Approved = {
  readonly organisationId: OrganisationId;
  readonly role: Role;
  readonly login: string;
  readonly name: string;
  /** What `hashPassword` made of the password when they registered. */
  readonly credential: string;
};

/**
 * Makes the account of somebody who chose login and password when they registered their firm.
 * @throws Refusal `role-beyond` where the place is not approved, or not theirs to give roles at; `login-taken`
 */
export function addApproved(
  actor: Giver,
  { db, now }: { readonly db: On; readonly now: () => Date },
  wish: Approved,
): Promise<AccountId> {
  const { organisationId, role, login, name, credential: passwordHash } = wish;
  if (!passwordHash.startsWith('$argon2id$')) throw new Error('this is no hash of a password');
  return inTransaction(db, async (tx) => {
    const roles = [{ role, organisationId }];
    await mustGive(tx, await heldBy(actor, tx), roles);
    const id = newAccountId();
    await changing(actor, tx, deedOn('account-added', id), stateOfAccount(id), () =>
      insertAccount(tx, id, { login, name, roles, passwordHash }, now()),
    );
    return id;
  });
}

/** Another's account, locked, that the actor sees. @throws Refusal `account-unknown`, `role-beyond` of one's own */
async function lockAnother(actor: Giver, tx: Queries, id: AccountId): Promise<AccountRow> {
  // Nobody is more, or less, by their own hand.
  if (actor.kind === 'account' && actor.id === id) throw new Refusal('role-beyond');
  const row = await lockAccount(tx, id);
  await mustSee(actor, tx, row);
  if (row.state === 'ended') throw new Refusal('account-unknown');
  await lockPlatform(tx, row);
  return row;
}

const isSame = (a: KeptRole) => (b: KeptRole) => a.role === b.role && a.organisationId === b.organisationId;

/**
 * Gives and takes roles; those that are not the actor's to take stay. What was given shows at the next request of theirs.
 * @throws Refusal `account-unknown`, `role-beyond`
 */
export function setRoles(actor: Giver, db: On, id: AccountId, roles: readonly KeptRole[]): Promise<Account> {
  return inTransaction(db, async (tx) => {
    const row = await lockAnother(actor, tx, id);
    const held = await heldBy(actor, tx);
    const added = roles.filter((one) => !row.roles.some(isSame(one)));
    await mustGive(tx, held, added);
    const taken = (await takeable(tx, held, row.roles)).filter((one) => !roles.some(isSame(one)));
    await changing(actor, tx, deedOn('roles-set', id), stateOfAccount(id), async () => {
      for (const { role, organisationId } of taken)
        await tx.query('DELETE FROM account_roles WHERE account_id = $1 AND role = $2 AND organisation_id = $3', [
          ...[id, role, organisationId],
        ]);
      for (const one of added) await insertRole(tx, id, one);
      // Whoever holds an invitation could come in as more than they were let give.
      if (added.length > 0)
        await tx.query('DELETE FROM account_secrets WHERE account_id = $1 AND given_by <> $2', [id, giverId(actor)]);
    });
    return asAccount(actor, tx, id);
  });
}

/**
 * Ends an account, with every session and every token of it. Its login stays taken: lines of the audit log name it.
 * @throws Refusal `account-unknown`, `role-beyond`
 */
export function endAccount(actor: Giver, db: On, id: AccountId, now: Date): Promise<Account> {
  return inTransaction(db, async (tx) => {
    const row = await lockAnother(actor, tx, id);
    await mustOutrank(tx, await heldBy(actor, tx), row);
    await changing(actor, tx, deedOn('account-ended', id), stateOfAccount(id), async () => {
      await tx.query("UPDATE accounts SET state = 'ended', password_hash = NULL WHERE id = $1", [id]);
      await endLogins(tx, id);
      await dropFactors(tx, id);
      await tx.query('DELETE FROM account_secrets WHERE account_id = $1', [id]);
      await tx.query('UPDATE program_tokens SET ended_at = coalesce(ended_at, $2) WHERE account_id = $1', [
        ...[id, now.toISOString()],
      ]);
    });
    return asAccount(actor, tx, id);
  });
}

/**
 * A secret with which somebody sets a new password within a day. Their password, what else they log in with, and every session end
 * at once. Whoever has not come yet is invited anew.
 * @throws Refusal `account-unknown`, `role-beyond`
 */
export function recoverAccount(actor: Giver, db: On, id: AccountId, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const row = await lockAnother(actor, tx, id);
    await mustOutrank(tx, await heldBy(actor, tx), row);
    const isNew = row.state === 'invited';
    return changing(actor, tx, deedOn('account-recovered', id), stateOfAccount(id), async () => {
      if (!isNew) await tx.query("UPDATE accounts SET state = 'locked', password_hash = NULL WHERE id = $1", [id]);
      await endLogins(tx, id);
      await dropFactors(tx, id);
      return makeAccountSecret(tx, id, isNew ? 'join' : 'recover', giverId(actor), now);
    });
  });
}

const Whose = z.object({ id: AccountId });

/** The same by the login, for whoever has the machine. @throws Refusal `account-unknown` */
export async function recoverLogin(
  actor: System,
  db: On,
  login: string,
  now: Date,
): Promise<{ readonly id: AccountId; readonly secret: string }> {
  const known = await selectOne(db, Whose, 'SELECT id FROM accounts WHERE login = $1', [login]);
  if (!known) throw new Refusal('account-unknown');
  return { id: known.id, secret: await recoverAccount(actor, db, known.id, now) };
}
