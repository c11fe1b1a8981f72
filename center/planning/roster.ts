import { z } from 'zod';
import type { TurnRoom } from '../../contract/platform/planning.ts';
import {
  CandidateId,
  ExamId,
  type GrantId,
  ProctorId,
  Sha256,
  type TenantId,
  TurnId,
} from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { sittingAt } from '../moves/index.ts';
import type { ActingStation, Member } from '../tenants/index.ts';
import { readRoom } from './rooms.ts';

const DAY_MS = 24 * 3_600_000;

const Held = z.object({ id: TurnId, examId: ExamId, version: Sha256 });
type Held = Readonly<z.infer<typeof Held>>;

/** Turns that are not over at $1, in their order. */
const turnsWhere = (condition: string): string => `SELECT t.id, t.exam_id AS "examId", t.version FROM turns t
  WHERE t.state IN ('open', 'closed') AND t.ends_at > $1 AND ${condition} ORDER BY t.begins_at, t.id`;
/** Those of a room that begin before a moment. */
export const OWN_TURNS = turnsWhere('t.room_tenant = $2 AND t.begins_at <= $3');
const GRANTED_TURN = turnsWhere('t.id = (SELECT turn_id FROM turn_grants WHERE grant_id = $2 AND ended_at IS NULL)');

/** Who of a firm comes to these. By their ids: a database that guesses how many turns are near looks through everybody. */
export const COMING = `SELECT candidate_id AS "candidateId", turn_id AS "turnId" FROM turn_entries
  WHERE turn_id = ANY($1::text[]) AND tenant_id = $2 AND state = 'entered'`;
const Coming = z.object({ candidateId: CandidateId, turnId: TurnId });

export type TurnsOf = ReadonlyMap<CandidateId, readonly TurnId[]>;

/** What a station holds by its turns, and nothing else of the firm. */
export type PlannedRoster = {
  /** Who comes, or sits there already, for which exam. */
  readonly examOf: ReadonlyMap<CandidateId, ExamId>;
  /** For which of its turns each of them is signed up. */
  readonly turnsOf: TurnsOf;
  /** Exams, in the version of their turn; of those that only go on there, none is said. */
  readonly versions: ReadonlyMap<ExamId, Sha256>;
  /** Who watches; nothing where all proctors of the firm may. */
  readonly proctors: ReadonlySet<ProctorId> | undefined;
};

/**
 * What a station is to hold by turns: those of its room that come soon, or, for a guest, the one that its grant was given for;
 * and whoever sits there.
 * @returns nothing where its room goes by no turns, or its grant was given for none: it gets the roster as ever
 */
export async function plannedFor(
  actor: ActingStation,
  { db, now }: Pick<Center, 'db' | 'now'>,
): Promise<PlannedRoster | undefined> {
  const { tenantId, grant } = actor;
  const at = now();
  const turns = grant ? await turnOfGrant(db, grant.id, at) : await ownTurns(actor, db, at);
  if (!turns) return undefined;
  const versions = new Map<ExamId, Sha256>();
  for (const { examId, version } of turns) if (!versions.has(examId)) versions.set(examId, version);
  // A station holds one version of an exam: who comes for another one is told of when that turn is next.
  const held = turns.filter(({ examId, version }) => versions.get(examId) === version);
  const ids = held.map(({ id }) => id);
  const all = await select(db, Coming, COMING, [ids, tenantId]);
  const coming = Map.groupBy(all, ({ turnId }) => turnId);
  const examOf = new Map<CandidateId, ExamId>();
  // Whoever comes to several comes to the first of them first; whoever sits goes on with what they sit.
  for (const { id, examId } of held.toReversed())
    for (const { candidateId } of coming.get(id) ?? []) examOf.set(candidateId, examId);
  for (const { candidateId, examId } of await sittingAt(actor, { db, now })) examOf.set(candidateId, examId);
  return { examOf, turnsOf: byPerson(all), versions, proctors: await proctorsAt(db, tenantId, ids) };
}

const byPerson = (all: readonly z.infer<typeof Coming>[]): TurnsOf =>
  new Map(
    [...Map.groupBy(all, ({ candidateId }) => candidateId)].map(([id, of]) => [id, of.map(({ turnId }) => turnId)]),
  );

/** Who of a firm is signed up for turns in its own room that come soon, where that room gets its roster as ever. */
export async function turnsInOwnRoom(
  actor: Member,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
): Promise<TurnsOf> {
  const turns = await turnsSoon(db, tenantId, now(), await readRoom(actor, db, tenantId));
  if (turns.length === 0) return new Map();
  return byPerson(await select(db, Coming, COMING, [turns.map(({ id }) => id), tenantId]));
}

async function ownTurns(actor: ActingStation, db: Queries, at: Date): Promise<readonly Held[] | undefined> {
  const room = await readRoom(actor, db, actor.tenantId);
  return room.byTurns ? turnsSoon(db, actor.tenantId, at, room) : undefined;
}

function turnsSoon(db: Queries, room: TenantId, at: Date, { days }: TurnRoom): Promise<readonly Held[]> {
  const soon = new Date(at.getTime() + days * DAY_MS).toISOString();
  return select(db, Held, OWN_TURNS, [at.toISOString(), room, soon]);
}

/** A grant that was given for no turn is for the roster. */
async function turnOfGrant(db: Queries, id: GrantId, at: Date): Promise<readonly Held[] | undefined> {
  const given = await db.query('SELECT 1 FROM turn_grants WHERE grant_id = $1', [id]);
  return given.length > 0 ? select(db, Held, GRANTED_TURN, [at.toISOString(), id]) : undefined;
}

async function proctorsAt(
  db: Queries,
  tenantId: ActingStation['tenantId'],
  turns: readonly TurnId[],
): Promise<ReadonlySet<ProctorId> | undefined> {
  const sql = `SELECT turn_id AS "turnId", proctor_id AS "proctorId" FROM turn_proctors
    WHERE tenant_id = $1 AND turn_id = ANY($2::text[])`;
  const named = await select(db, z.object({ turnId: TurnId, proctorId: ProctorId }), sql, [tenantId, turns]);
  // A turn that names nobody of the firm is watched by any of them.
  const all = turns.length === 0 || turns.some((id) => !named.some(({ turnId }) => turnId === id));
  return all ? undefined : new Set(named.map(({ proctorId }) => proctorId));
}
