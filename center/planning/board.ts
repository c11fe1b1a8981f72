import type { Board } from '../../contract/platform/planning.ts';
import { endingOf } from '../../contract/words/id-number.ts';
import { instant, type OrganisationId, type TenantId, type TurnId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { heardSince } from '../moves/index.ts';
import { placesOf } from '../organisations/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { resultsSince } from '../results/index.ts';
import { stationNames } from '../stations/index.ts';
import { type ActingAccount, onlooker, tenantNames } from '../tenants/index.ts';
import { comingTo } from './entries.ts';
import { noteLook } from './reading.ts';
import { quotasOf, selectTurns, shown, type TurnRow } from './rows.ts';
import { mustBeAccount, standingIn } from './standing.ts';

const HOUR_MS = 3_600_000;
type BoardRow = Board['turns'][number]['rows'][number];

/** What goes on now: turns that begin within an hour or are not over, of which somebody sees all. */
export async function readBoard(actor: ActingAccount, center: Center, room?: OrganisationId): Promise<Board> {
  mustBeAccount(actor);
  const { db } = center;
  const now = center.now();
  const running = await selectTurns(
    db,
    now,
    `t.state IN ('open', 'closed') AND t.begins_at <= $2 AND t.ends_at > $3 AND ($4::text IS NULL OR t.room_id = $4)
     ORDER BY t.begins_at, t.id LIMIT 200`,
    [new Date(now.getTime() + HOUR_MS).toISOString(), now.toISOString(), room ?? null],
  );
  const places = await placesOf(
    db,
    running.flatMap(({ organiserId, roomId }) => [organiserId, roomId]),
  );
  const seen = running.filter((turn) => standingIn(actor, turn, places, []).sees);
  const turns = await shown(actor, db, seen);
  const all: Board['turns'][number][] = [];
  for (const [at, turn] of turns.entries()) {
    const rows = await rowsOf(actor, center, seen[at] as TurnRow);
    all.push({ turn, rows, counts: countsOf(rows) });
  }
  return { at: instant(now), turns: all };
}

function countsOf(rows: readonly BoardRow[]) {
  const at = (stage: BoardRow['stage']): number => rows.filter((row) => row.stage === stage).length;
  const incidents = rows.reduce((sum, row) => sum + row.incidents, 0);
  return { awaited: at('awaited'), asking: at('asking'), sitting: at('sitting'), done: at('done'), incidents };
}

async function rowsOf(actor: ActingAccount, center: Center, turn: TurnRow): Promise<readonly BoardRow[]> {
  const quotas = await quotasOf(center.db, turn.id);
  const firms = quotas.map(({ tenantId }) => tenantId);
  const names = await tenantNames(center.db, firms);
  const rows: BoardRow[] = [];
  for (const tenantId of firms) {
    const of = await rowsOfFirm(actor, center.db, turn, tenantId);
    if (of.length > 0) await noteFirstLook(actor, center, tenantId, turn.id);
    rows.push(...of.map((row) => ({ ...row, firm: names.get(tenantId) ?? tenantId })));
  }
  return rows;
}

/** A page that asks every ten seconds is one look. */
const looks = new WeakMap<object, Map<string, number>>();
async function noteFirstLook(actor: ActingAccount, center: Center, tenantId: TenantId, id: TurnId): Promise<void> {
  const known = looks.get(center) ?? new Map<string, number>();
  looks.set(center, known);
  const key = `${actor.id} ${tenantId} ${id}`;
  const at = center.now().getTime();
  if (at - (known.get(key) ?? 0) < HOUR_MS) return;
  if (known.size > 10_000) known.clear();
  known.set(key, at);
  await noteLook(actor, center, tenantId, id);
}

async function rowsOfFirm(
  actor: ActingAccount,
  db: Queries,
  turn: TurnRow,
  tenantId: TenantId,
): Promise<readonly Omit<BoardRow, 'firm'>[]> {
  const reader = onlooker(actor, tenantId);
  const ids = await comingTo(db, turn.id, tenantId);
  if (ids.length === 0) return [];
  const since = new Date(turn.begins.getTime() - HOUR_MS);
  const people = await candidatesByIds(reader, db, tenantId, ids);
  const heard = new Map(
    (await heardSince(reader, db, tenantId, { examId: turn.examId, ids }, since)).map((one) => [one.candidateId, one]),
  );
  const ended = new Map(
    (await resultsSince(reader, db, tenantId, { examIds: [turn.examId], ids }, since)).map((one) => [
      one.candidateId,
      one,
    ]),
  );
  const at = [...heard.values()].map(({ stationId }) => stationId);
  const stations = await stationNames(onlooker(actor, turn.roomTenant), db, turn.roomTenant, at);
  return ids.map((candidateId) => {
    const [who, said, end] = [people.get(candidateId), heard.get(candidateId), ended.get(candidateId)];
    const begun = said?.begun ? 'sitting' : 'asking';
    return {
      ...{ tenantId, candidateId, name: who?.name ?? '', ending: endingOf(who?.number ?? '') },
      stage: end || said?.over ? 'done' : said ? begun : 'awaited',
      station: said ? (stations.get(said.stationId) ?? said.stationId) : null,
      stationId: said?.stationId ?? null,
      ...{ incidents: end?.incidents ?? 0, passed: end?.passed ?? null },
    };
  });
}
