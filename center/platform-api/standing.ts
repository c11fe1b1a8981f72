import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type ActingAccount, type Operator, standingAt, type Visitor } from '../tenants/index.ts';

type Asks = { readonly actor: ActingAccount; readonly params: { readonly firm: OrganisationId } };

/**
 * What whoever asks is to the firm that the address names.
 * @throws Refusal `organisation-unknown` where there is none, or none for them
 */
export async function seesFirm({ db }: Pick<Center, 'db'>, { actor, params }: Asks): Promise<Operator | Visitor> {
  const place = (await placesOf(db, [params.firm])).get(params.firm);
  const { tenantId, path } = place ?? {};
  const standing = tenantId && path ? standingAt(actor, { tenantId, path }) : undefined;
  if (!standing) throw new Refusal('organisation-unknown');
  return standing;
}

/** The same, of whoever changes what it has. @throws Refusal `organisation-unknown`, `unauthorised` */
export async function keepsFirm(center: Pick<Center, 'db'>, asks: Asks): Promise<Operator> {
  const standing = await seesFirm(center, asks);
  if (standing.kind !== 'operator') throw new Refusal('unauthorised', 'this is for whoever manages the firm');
  return standing;
}
