import { z } from 'zod';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Turn, TurnDetails, TurnWish } from '../../contract/platform/planning.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import {
  ExamId,
  instant,
  OrganisationId,
  Sha256,
  type StationId,
  type TenantId,
  TurnId,
} from '../../contract/words/ids.ts';
import { lookedAt } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { listExams, listExamVersions } from '../exams/index.ts';
import { placesOf } from '../organisations/index.ts';
import { listProctors } from '../people/index.ts';
import { heardStations } from '../stations/index.ts';
import { type ActingAccount, onlooker } from '../tenants/index.ts';
import { grantsOf } from './providing.ts';
import { countEntries, selectTurns, shown, stateAt } from './rows.ts';
import { mustBeAccount, mustPlanFor, mustSee, ownFirms, type SeenTurn, standingIn } from './standing.ts';

const After = z.tuple([AskedInstant, TurnId]);
const Around = z.object({ organiserId: OrganisationId, roomId: OrganisationId });

/** Turns that begin in a time, in their order: those that somebody has to do with. */
export async function listTurns(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  wish: TurnWish,
): Promise<{ readonly rows: readonly Turn[]; readonly next: Cursor | null }> {
  mustBeAccount(actor);
  const at = now();
  const seen = await placesSeen(actor, db, wish);
  const params: unknown[] = [wish.from, wish.until, seen.organisers, seen.rooms, ownFirms(actor)];
  const conditions = [
    't.begins_at >= $2 AND t.begins_at < $3',
    `(t.organiser_id = ANY($4::text[]) OR t.room_id = ANY($5::text[]) OR (t.state <> 'planned' AND EXISTS (
       SELECT 1 FROM turn_quotas q WHERE q.turn_id = t.id AND q.tenant_id = ANY($6::text[]))))`,
  ];
  const also = (condition: (place: string) => string, value: unknown) => {
    params.push(value);
    conditions.push(condition(`$${params.length + 1}`));
  };
  if (wish.room) also((place) => `t.room_id = ${place}`, wish.room);
  if (wish.state) also((place) => `${stateAt('$1')} = ${place}`, wish.state);
  if (wish.after) {
    const [begins, id] = readCursor(wish.after, After);
    params.push(begins, id);
    conditions.push(`(t.begins_at, t.id) > ($${params.length}, $${params.length + 1})`);
  }
  const where = `${conditions.join(' AND ')} ORDER BY t.begins_at, t.id LIMIT ${wish.size + 1}`;
  const rows = await selectTurns(db, at, where, params);
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  const next = last && rows.length > wish.size ? cursorOf([last.begins.toISOString(), last.id]) : null;
  return { rows: await shown(actor, db, page), next };
}

/** Of those who plan or hold turns in that time, whose turns somebody sees all of. */
async function placesSeen(actor: ActingAccount, db: Queries, { from, until }: Pick<TurnWish, 'from' | 'until'>) {
  const sql = `SELECT DISTINCT organiser_id AS "organiserId", room_id AS "roomId" FROM turns
    WHERE begins_at >= $1 AND begins_at < $2`;
  const around = await select(db, Around, sql, [from, until]);
  const places = await placesOf(
    db,
    around.flatMap(({ organiserId, roomId }) => [organiserId, roomId]),
  );
  const sees = (one: z.infer<typeof Around>): boolean => standingIn(actor, one, places, []).sees;
  // Of a pair alone it is known whether one sees it by who plans, or by where it is.
  return {
    organisers: around
      .filter(({ organiserId }) => sees({ organiserId, roomId: organiserId }))
      .map(({ organiserId }) => organiserId),
    rooms: around.filter(({ roomId }) => sees({ organiserId: roomId, roomId })).map(({ roomId }) => roomId),
  };
}

/**
 * A turn with all that is around it. A firm sees of others only that they come.
 * @throws Refusal `turn-unknown`
 */
export async function readTurn(actor: ActingAccount, center: Center, id: TurnId): Promise<TurnDetails> {
  const seen = await mustSee(actor, center.db, id, center.now());
  const { turn, standing } = seen;
  const [one] = await shown(actor, center.db, [turn]);
  const whole = standing.sees;
  return {
    turn: one as Turn,
    firms: await firmsOf(center.db, seen),
    proctors: whole ? await proctorsOf(actor, center.db, id) : [],
    stations: whole ? await stationsOf(actor, center, seen) : [],
    versions: standing.plans ? await versionsOf(actor, center.db, turn) : [],
    moves: await movesOf(center.db, id),
    may: { plan: standing.plans, signUp: standing.firms, see: whole },
  };
}

async function firmsOf(db: Queries, { turn, quotas, standing }: SeenTurn): Promise<TurnDetails['firms']> {
  const mine = quotas.filter(({ tenantId }) => standing.sees || standing.firms.includes(tenantId));
  const places = await placesOf(
    db,
    mine.map(({ organisationId }) => organisationId),
  );
  const counts = await countEntries(db, [turn.id]);
  return mine.map(({ tenantId, organisationId, quota }) => {
    const count = counts.find((one) => one.tenantId === tenantId);
    const organisation = { id: organisationId, name: places.get(organisationId)?.name ?? '' };
    return { tenantId, organisation, quota, entered: count?.entered ?? 0, waiting: count?.waiting ?? 0 };
  });
}

const NamedProctor = z.object({ tenantId: z.string(), id: z.string() });

async function proctorsOf(actor: ActingAccount, db: Queries, id: TurnId): Promise<TurnDetails['proctors']> {
  const sql = 'SELECT tenant_id AS "tenantId", proctor_id AS id FROM turn_proctors WHERE turn_id = $1';
  const named = await select(db, NamedProctor, sql, [id]);
  const firms = [...new Set(named.map(({ tenantId }) => tenantId as TenantId))];
  const all: TurnDetails['proctors'][number][] = [];
  for (const tenantId of firms)
    for (const { id: proctorId, name } of await listProctors(onlooker(actor, tenantId), db, tenantId))
      if (named.some((one) => one.tenantId === tenantId && one.id === proctorId))
        all.push({ tenantId, id: proctorId, name });
  return all;
}

async function stationsOf(
  actor: ActingAccount,
  { db }: Center,
  { turn, quotas }: SeenTurn,
): Promise<TurnDetails['stations']> {
  const given = await grantsOf(db, turn.id);
  const guests = quotas.filter(({ tenantId }) => tenantId !== turn.roomTenant).length;
  const granted = (id: StationId): number => given.filter(({ stationId }) => stationId === id).length;
  const heard = await heardStations(onlooker(actor, turn.roomTenant), db, turn.roomTenant);
  return heard.map(({ id, name, heard: said }) => ({
    ...{ id, name, status: said?.readiness.status ?? null, heardAt: said ? instant(said.at) : null },
    ...{ granted: granted(id), guests },
  }));
}

async function versionsOf(
  actor: ActingAccount,
  db: Queries,
  { examTenant, examId }: SeenTurn['turn'],
): Promise<TurnDetails['versions']> {
  const known = await listExamVersions(onlooker(actor, examTenant), db, examTenant, examId);
  return known.map(({ version, putAt }) => ({ version, putAt: instant(putAt) }));
}

const Move = z.object({ version: Sha256, at: z.date(), by: z.string() });

async function movesOf(db: Queries, id: TurnId): Promise<TurnDetails['moves']> {
  const sql = 'SELECT version, at, by_name AS by FROM turn_versions WHERE turn_id = $1 ORDER BY sequence DESC';
  return (await select(db, Move, sql, [id])).map(({ at, ...move }) => ({ ...move, at: instant(at) }));
}

/** Exams of an organisation of which a turn may be planned. @throws Refusal `organisation-unknown`, `organisation-settled` */
export async function examsToPlan(actor: ActingAccount, db: Queries, id: OrganisationId) {
  mustBeAccount(actor);
  const { actor: owner, tenantId } = await mustPlanFor(actor, db, id);
  const exams = (await listExams(owner, db, tenantId)).filter(({ course }) => !course);
  return exams.map(({ id: examId, title, durationSeconds }) => ({
    id: ExamId.parse(examId),
    title,
    seconds: durationSeconds,
  }));
}

/** Whoever sees people of a firm at a turn is written down there. */
export const noteLook = (actor: ActingAccount, center: Pick<Center, 'db'>, tenantId: TenantId, id: TurnId) =>
  lookedAt(onlooker(actor, tenantId), center, `turn ${id}`);
