import type { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Queries } from '../database/index.ts';
import { placesOf, ROOT } from '../organisations/index.ts';
import { type ActingAccount, mustReach, type Operator, reaches, standingAt } from '../tenants/index.ts';

/**
 * Whose rules somebody keeps there: a firm's or an agency's, or, for `null`, the platform's.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export async function mustKeepRules(actor: ActingAccount, db: Queries, at: OrganisationId): Promise<TenantId | null> {
  if (at !== ROOT) return (await mustKeepFirm(actor, db, at)).tenantId;
  mustBeAccount(actor);
  const root = (await placesOf(db, [ROOT])).get(ROOT);
  if (!root) throw new Refusal('organisation-unknown');
  mustReach(actor, root.path, 'platform');
  return null;
}

/**
 * Whoever manages a firm or an agency, as somebody of it.
 * @throws Refusal `organisation-unknown` where it is none of theirs to see, `unauthorised` where they only see it
 */
export async function mustKeepFirm(actor: ActingAccount, db: Queries, at: OrganisationId): Promise<Operator> {
  mustBeAccount(actor);
  const { tenantId, path } = (await placesOf(db, [at])).get(at) ?? {};
  const standing = tenantId && path ? standingAt(actor, { tenantId, path }) : undefined;
  if (!standing || !path) throw new Refusal('organisation-unknown');
  if (standing.kind !== 'operator' || !reaches(actor, path, 'firm', 'agency'))
    throw new Refusal('unauthorised', 'this is for whoever manages the firm');
  return standing;
}

/** @throws Refusal `unauthorised`, whatever the types were told */
function mustBeAccount(actor: ActingAccount): void {
  if (actor.kind !== 'account') throw new Refusal('unauthorised', 'this is for accounts');
}
