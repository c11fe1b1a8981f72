import type { NewTurn, Turn, TurnChange } from '../../contract/platform/planning.ts';
import { type Sha256, TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { examsOfVersions, listExamVersions } from '../exams/index.ts';
import { type OrganisationPlace, placesOf } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { endProvision, provide } from './providing.ts';
import { heldTurn, shownNow, stateOf, type TurnRow } from './rows.ts';
import { mustBeAccount, mustPlan, mustPlanFor, type PlannedFor, plansFor } from './standing.ts';
import { fillPlaces } from './waiting.ts';

/** Whoever comes late has as long as the others. */
const AFTER_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Plans a turn: a bureau for firms below it, in a room below it; whoever else, for themselves.
 * @throws Refusal `organisation-unknown`, `organisation-settled`, `no-exam`, `bad-message`
 */
export async function planTurn(actor: ActingAccount, center: Center, wish: NewTurn): Promise<Turn> {
  mustBeAccount(actor);
  const now = center.now();
  return center.db.transaction(async (tx) => {
    const organiser = (await placesOf(tx, [wish.organiserId])).get(wish.organiserId);
    if (!organiser || !plansFor(actor, organiser)) throw new Refusal('organisation-unknown');
    const [room, owner] = [await mustPlanFor(actor, tx, wish.roomId), await mustPlanFor(actor, tx, wish.examOf)];
    for (const { place } of [room, owner]) mustLieBelow(organiser, place);
    const { version, seconds } = await versionOf(tx, owner, wish);
    const times = timesOf(wish, seconds, now);
    const own = organiser.tenantId ? [{ organisationId: organiser.id, quota: wish.seats }] : undefined;
    const quotas = wish.quotas ?? own;
    if (!quotas) throw new Refusal('bad-message', 'quotas: say which firms come');
    const id = TurnId.parse(makeId('tu'));
    const deed = { tenantId: organiser.tenantId, what: 'turn-planned', subject: { kind: 'turn', id } } as const;
    await changing(actor, tx, deed, stateOf(id), async (inside) => {
      await inside.query(
        `INSERT INTO turns (id, organiser_id, room_id, room_tenant, exam_tenant, exam_id, version, begins_at, ends_at,
           sign_up_until, seats, eligibility, state, note)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'planned', $13)`,
        [
          ...[id, organiser.id, room.place.id, room.tenantId, owner.tenantId, wish.examId, version],
          ...[times.begins, times.ends, times.signUpUntil, wish.seats, JSON.stringify(wish.eligibility), wish.note],
        ],
      );
      await noteVersion(actor, inside, { id, version, now });
      await putQuotas(actor, inside, id, organiser, quotas);
      await putProctors(inside, id, wish.proctors);
    });
    return shownNow(actor, tx, id, now);
  });
}

function mustLieBelow(organiser: OrganisationPlace, { path }: OrganisationPlace): void {
  if (!path.startsWith(organiser.path)) throw new Refusal('organisation-unknown');
}

async function versionOf(
  tx: Queries,
  { actor, tenantId }: PlannedFor,
  { examId, version }: Pick<NewTurn, 'examId' | 'version'>,
): Promise<{ readonly version: Sha256; readonly seconds: number }> {
  const known = await listExamVersions(actor, tx, tenantId, examId);
  const meant = version ? known.find((one) => one.version === version) : known[0];
  const exam = meant && (await examsOfVersions(actor, tx, tenantId, [meant.version])).get(meant.version);
  if (!meant || !exam || exam.course) throw new Refusal('no-exam', `there is no such exam ${examId}`);
  return { version: meant.version, seconds: exam.durationSeconds };
}

type Times = Pick<NewTurn, 'begins' | 'ends' | 'signUpUntil'>;

/** @throws Refusal `bad-message` where they do not follow one another, or it is over already */
function timesOf({ begins, ends, signUpUntil }: Times, seconds: number, now: Date) {
  const begin = new Date(begins);
  const end = ends ? new Date(ends) : new Date(begin.getTime() + seconds * 1000 + AFTER_MS);
  const dayBefore = new Date(begin.getTime() - DAY_MS);
  const last = signUpUntil ? new Date(signUpUntil) : dayBefore > now ? dayBefore : begin;
  if (!(begin < end && last <= end && now < end))
    throw new Refusal('bad-message', 'these times do not follow one another');
  return { begins: begin.toISOString(), ends: end.toISOString(), signUpUntil: last.toISOString() };
}

export const noteVersion = (
  actor: ActingAccount,
  tx: Queries,
  { id, version, now }: { readonly id: TurnId; readonly version: Sha256; readonly now: Date },
): Promise<unknown> =>
  tx.query('INSERT INTO turn_versions (turn_id, version, by_account, by_name, at) VALUES ($1, $2, $3, $4, $5)', [
    ...[id, version, actor.id, actor.name, now.toISOString()],
  ]);

type Quotas = NonNullable<TurnChange['quotas']>;

/** @throws Refusal `organisation-unknown`, `organisation-settled`, `bad-message` where somebody of a firm comes that is left out */
async function putQuotas(
  actor: ActingAccount,
  tx: Queries,
  id: TurnId,
  organiser: OrganisationPlace,
  quotas: Quotas,
): Promise<void> {
  const firms: (readonly [PlannedFor, number])[] = [];
  for (const { organisationId, quota } of quotas) {
    const firm = await mustPlanFor(actor, tx, organisationId);
    mustLieBelow(organiser, firm.place);
    firms.push([firm, quota]);
  }
  const left = await tx.query(
    `SELECT 1 FROM turn_entries WHERE turn_id = $1 AND state <> 'cancelled' AND NOT tenant_id = ANY($2::text[]) LIMIT 1`,
    [id, firms.map(([{ tenantId }]) => tenantId)],
  );
  if (left.length > 0) throw new Refusal('bad-message', 'quotas: people of a firm that is left out come');
  await tx.query('DELETE FROM turn_quotas WHERE turn_id = $1', [id]);
  await tx.query(
    `INSERT INTO turn_quotas (turn_id, tenant_id, organisation_id, quota)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[]) ON CONFLICT (turn_id, tenant_id) DO NOTHING`,
    [id, firms.map(([one]) => one.tenantId), firms.map(([one]) => one.place.id), firms.map(([, quota]) => quota)],
  );
}

/** Of firms that come, or of the room; whoever is not there is left out. */
async function putProctors(tx: Queries, id: TurnId, proctors: NonNullable<TurnChange['proctors']>): Promise<void> {
  await tx.query('DELETE FROM turn_proctors WHERE turn_id = $1', [id]);
  if (proctors.length === 0) return;
  await tx.query(
    `INSERT INTO turn_proctors (turn_id, tenant_id, proctor_id)
     SELECT $1, p.tenant_id, p.proctor_id FROM unnest($2::text[], $3::text[]) AS p (tenant_id, proctor_id)
     WHERE p.tenant_id IN (SELECT tenant_id FROM turn_quotas WHERE turn_id = $1
       UNION SELECT room_tenant FROM turns WHERE id = $1)
     ON CONFLICT (turn_id, tenant_id, proctor_id) DO NOTHING`,
    [id, proctors.map(({ tenantId }) => tenantId), proctors.map(({ proctorId }) => proctorId)],
  );
}

/**
 * Changes a turn that has not begun. Of one that is open, firms that come new get the exam and the stations; firms
 * that are left out lose the stations.
 * @throws Refusal `turn-unknown`, `unauthorised`, `turn-settled`, `bad-message`, `organisation-unknown`
 */
export async function changeTurn(actor: ActingAccount, center: Center, id: TurnId, wish: TurnChange): Promise<Turn> {
  await mustPlan(actor, center.db, id, center.now());
  const now = center.now();
  const changed = await center.db.transaction(async (tx) => {
    const turn = await heldTurn(tx, id, now);
    mustBeAhead(turn, now);
    const organiser = (await placesOf(tx, [turn.organiserId])).get(turn.organiserId) as OrganisationPlace;
    const deed = { tenantId: organiser.tenantId, what: 'turn-changed', subject: { kind: 'turn', id } } as const;
    await changing(actor, tx, deed, stateOf(id), async (inside) => {
      await storeChange(inside, turn, wish, now);
      if (wish.quotas) await putQuotas(actor, inside, id, organiser, wish.quotas);
      if (wish.proctors) await putProctors(inside, id, wish.proctors);
    });
    await fillPlaces(actor, tx, { id, seats: wish.seats ?? turn.seats });
    return turn;
  });
  // Grants say from when until when: of other times others are given.
  if (wish.begins || wish.ends) await endProvision(actor, center, changed);
  if (changed.state !== 'planned') await provide(actor, center, id);
  return shownNow(actor, center.db, id, now);
}

/** @throws Refusal `turn-settled` where it has begun, or was cancelled */
export function mustBeAhead({ state, begins }: TurnRow, now: Date): void {
  if (state === 'held' || state === 'cancelled' || begins <= now) throw new Refusal('turn-settled');
}

async function storeChange(tx: Queries, turn: TurnRow, wish: TurnChange, now: Date): Promise<void> {
  const at = (wished: string | undefined, date: Date): string => wished ?? date.toISOString();
  const times = {
    begins: at(wish.begins, turn.begins),
    ends: at(wish.ends, turn.ends),
    signUpUntil: at(wish.signUpUntil, turn.signUpUntil),
  } as Required<Times>;
  const { begins, ends, signUpUntil } = timesOf(times, 0, now);
  await tx.query(
    `UPDATE turns SET begins_at = $2, ends_at = $3, sign_up_until = $4, seats = $5, eligibility = $6, note = $7
     WHERE id = $1`,
    [
      ...[turn.id, begins, ends, signUpUntil, wish.seats ?? turn.seats],
      ...[JSON.stringify(wish.eligibility ?? turn.eligibility), wish.note ?? turn.note],
    ],
  );
}
