import { z } from 'zod';
import { Account, Login } from '../../contract/platform/accounts.ts';
import { Factor, type HeldRole, Role } from '../../contract/platform/roles.ts';
import { AccountId, OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type OrganisationPlace, placesOf } from '../organisations/index.ts';

/** A role as it is kept. */
export const KeptRole = z.object({ role: Role, organisationId: OrganisationId });
export type KeptRole = Readonly<z.infer<typeof KeptRole>>;

/** Of an account `a`, in the columns of whoever asks: their roles, and what they log in with besides a password. */
export const ROLES = `(SELECT coalesce(json_agg(json_build_object('role', r.role, 'organisationId', r.organisation_id)
  ORDER BY r.organisation_id, r.role), '[]') FROM account_roles r WHERE r.account_id = a.id)`;
const FACTORS = `array_remove(ARRAY[CASE WHEN a.totp IS NOT NULL THEN 'totp' END,
  CASE WHEN EXISTS (SELECT 1 FROM passkeys k WHERE k.account_id = a.id) THEN 'passkey' END,
  CASE WHEN EXISTS (SELECT 1 FROM oidc_links o WHERE o.account_id = a.id) THEN 'oidc' END], NULL)`;

export const AccountRow = z.object({
  id: AccountId,
  login: Login,
  name: z.string(),
  state: Account.unwrap().shape.state,
  seenAt: z.date().nullable(),
  roles: z.array(KeptRole).readonly(),
  factors: z.array(Factor).readonly(),
});
export type AccountRow = Readonly<z.infer<typeof AccountRow>>;

export const ACCOUNT = `a.id, a.login, a.name, a.state, a.seen_at AS "seenAt", ${ROLES} AS roles, ${FACTORS} AS factors`;

export const accountById = (db: Queries, id: AccountId): Promise<AccountRow | undefined> =>
  selectOne(db, AccountRow, `SELECT ${ACCOUNT} FROM accounts a WHERE a.id = $1`, [id]);

/** Whatever else of an account a transaction changes, it locks before: two that wait for each other come to nothing. */
export const lockRow = (tx: Queries, id: AccountId) =>
  tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [id]);

/** The same, and nobody else changes it until the transaction ends. @throws Refusal `account-unknown` */
export async function lockAccount(tx: Queries, id: AccountId): Promise<AccountRow> {
  await lockRow(tx, id);
  const row = await accountById(tx, id);
  if (!row) throw new Refusal('account-unknown');
  return row;
}

/** Kept roles and where they lie, whatever has become of those places. */
export async function placedRoles(
  db: Queries,
  kept: readonly KeptRole[],
): Promise<readonly (HeldRole & Pick<OrganisationPlace, 'kind' | 'state'>)[]> {
  const places = await placesOf(
    db,
    kept.map(({ organisationId }) => organisationId),
  );
  return kept.flatMap(({ role, organisationId }) => {
    const place = places.get(organisationId);
    if (!place) return [];
    const { name, path, tenantId, kind, state } = place;
    return [{ role, organisationId, organisation: name, path, tenantId, kind, state }];
  });
}

/** Those that count: a role at an organisation that is not approved, or not any more, is none. */
export const rolesInForce = async (db: Queries, kept: readonly KeptRole[]): Promise<readonly HeldRole[]> =>
  (await placedRoles(db, kept)).filter(({ state }) => state === 'approved').map(asHeld);

export const asHeld = ({ role, organisationId, organisation, path, tenantId }: HeldRole): HeldRole => ({
  ...{ role, organisationId, organisation, path, tenantId },
});

/** Of an account, for the audit log: without what they log in with. */
export const stateOfAccount = (id: AccountId) => async (tx: Queries) => {
  const sql = `SELECT a.login, a.name, a.state, ${ROLES} AS roles FROM accounts a WHERE a.id = $1 FOR NO KEY UPDATE OF a`;
  return (await tx.query(sql, [id]))[0];
};

/** An account's roles, read anew: what somebody may is decided by what they are now. */
export async function rolesNow(db: Queries, id: AccountId): Promise<readonly HeldRole[]> {
  const sql = `SELECT r.role, r.organisation_id AS "organisationId" FROM account_roles r JOIN accounts a ON a.id = r.account_id
    WHERE a.id = $1 AND a.state = 'active'`;
  return rolesInForce(db, await select(db, KeptRole, sql, [id]));
}
