import type { Role } from '../../contract/platform/roles.ts';
import type { OrganisationId, TenantId, TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Queries } from '../database/index.ts';
import { type OrganisationPlace, placesOf } from '../organisations/index.ts';
import { type ActingAccount, type Operator, planningAt, reaches } from '../tenants/index.ts';
import { type Quota, quotasOf, selectTurns, type TurnRow, unknownTurn } from './rows.ts';

const OWNERS: readonly Role[] = ['firm', 'agency', 'room'];
const KEEPERS: readonly Role[] = [...OWNERS, 'proctor'];
const SUPERVISORS: readonly Role[] = ['bureau', 'inspector'];

/** What somebody is to a turn. Who is nothing to it does not know that it is there. */
export type Standing = {
  /** Plans it: it is their own, or a bureau's above it. */
  readonly plans: boolean;
  /** Sees all who come: plans it, supervises it, or keeps the room. */
  readonly sees: boolean;
  /** Firms of theirs that come. */
  readonly firms: readonly TenantId[];
};

/** @throws Refusal `unauthorised` where it is no account, whatever the types were told */
export function mustBeAccount({ kind }: { readonly kind: string }): void {
  if (kind !== 'account') throw new Refusal('unauthorised', `a ${kind} does not do this`);
}

const isAt = ({ roles }: ActingAccount, id: OrganisationId, wanted: readonly Role[]): boolean =>
  roles.some(({ role, organisationId }) => organisationId === id && wanted.includes(role));

/** Firms that are somebody's own. */
export const ownFirms = ({ roles }: ActingAccount): readonly TenantId[] =>
  roles.flatMap(({ role, tenantId }) => (tenantId && OWNERS.includes(role) ? [tenantId] : []));

/** Whether they plan for an organisation: their own, or what lies at or below a bureau of theirs. */
export const plansFor = (actor: ActingAccount, { id, path }: Pick<OrganisationPlace, 'id' | 'path'>): boolean =>
  isAt(actor, id, OWNERS) || reaches(actor, path, 'bureau');

type Around = Pick<TurnRow, 'organiserId' | 'roomId'>;

export function standingIn(
  actor: ActingAccount,
  { organiserId, roomId }: Around,
  places: ReadonlyMap<OrganisationId, OrganisationPlace>,
  guests: readonly TenantId[],
): Standing {
  const [organiser, room] = [places.get(organiserId), places.get(roomId)];
  const plans = organiser !== undefined && plansFor(actor, organiser);
  const supervises = [organiser, room].some((place) => place && reaches(actor, place.path, ...SUPERVISORS));
  const sees = plans || supervises || isAt(actor, roomId, KEEPERS);
  return { plans, sees, firms: ownFirms(actor).filter((id) => guests.includes(id)) };
}

export type SeenTurn = { readonly turn: TurnRow; readonly quotas: readonly Quota[]; readonly standing: Standing };

/** A turn that somebody has to do with. What is planned and not open yet, firms do not see. @throws Refusal `turn-unknown` */
export async function mustSee(actor: ActingAccount, db: Queries, id: TurnId, now: Date): Promise<SeenTurn> {
  mustBeAccount(actor);
  const [turn] = await selectTurns(db, now, 't.id = $2', [id]);
  if (!turn) throw unknownTurn();
  const quotas = await quotasOf(db, id);
  const places = await placesOf(db, [turn.organiserId, turn.roomId]);
  const standing = standingIn(
    actor,
    turn,
    places,
    quotas.map(({ tenantId }) => tenantId),
  );
  if (!standing.sees && (standing.firms.length === 0 || turn.state === 'planned')) throw unknownTurn();
  return { turn, quotas, standing };
}

/** @throws Refusal `turn-unknown`, `unauthorised` */
export async function mustPlan(actor: ActingAccount, db: Queries, id: TurnId, now: Date): Promise<SeenTurn> {
  const seen = await mustSee(actor, db, id, now);
  if (!seen.standing.plans) throw new Refusal('unauthorised', 'this turn is another’s');
  return seen;
}

/** An organisation with data of its own that is open, which somebody plans for. */
export type PlannedFor = { readonly place: OrganisationPlace; readonly tenantId: TenantId; readonly actor: Operator };

/** @throws Refusal `organisation-unknown`, `unauthorised`, `organisation-settled` */
export async function mustPlanFor(actor: ActingAccount, db: Queries, id: OrganisationId): Promise<PlannedFor> {
  const place = (await placesOf(db, [id])).get(id);
  if (!place || !plansFor(actor, place)) throw new Refusal('organisation-unknown');
  const { tenantId, path, state } = place;
  if (!tenantId || state !== 'approved') throw new Refusal('organisation-settled', 'it has no people or stations');
  return { place, tenantId, actor: planningAt(actor, { tenantId, path }) };
}
