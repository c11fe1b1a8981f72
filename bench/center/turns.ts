import { plannedFor } from '../../center/planning/index.ts';
import type { OpenCenter } from '../../center/run/index.ts';
import type { TestStation } from '../../center/testing/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { TenantId } from '../../contract/words/ids.ts';
import { chunksOf } from './load.ts';

const TENANT = TenantId.parse('tn_demo');
/** As many people as a city has, for its results; each came to one of the turns of two years, and so many come to the next. */
const PEOPLE = { ofRecords: 0.3, most: 300_000 };
const [TURNS, COMING] = [730, 50];

/** The people of a firm, two years of turns in its room, and one that begins tomorrow. @returns how many people there are */
export async function loadTurns({ db }: OpenCenter['center'], records: number): Promise<number> {
  const people = Math.max(COMING, Math.min(PEOPLE.most, Math.round(records * PEOPLE.ofRecords)));
  for (const range of chunksOf(people))
    await db.query(
      `INSERT INTO candidates (tenant_id, id, name, number, exam_id)
       SELECT $3, 'cd_turn-' || n, '工人' || n, '1102' || lpad(n::text, 14, '0'), 'ex_demo' FROM generate_series($1::int, $2::int) n`,
      [...range, TENANT],
    );
  await db.query(
    `INSERT INTO turns (id, organiser_id, room_id, room_tenant, exam_tenant, exam_id, version, begins_at, ends_at, sign_up_until, seats,
       eligibility, state, note)
     SELECT 'tu_' || n, o.id, o.id, $1, $1, v.exam_id, v.hash, at, at + interval '2 hours', at, 1000, '{}', 'closed', ''
     FROM generate_series(0, ${TURNS}) n, LATERAL (SELECT now() + (1 - n) * interval '1 day' AS at) days,
       (SELECT id FROM organisations WHERE tenant_id = $1) o,
       (SELECT exam_id, hash FROM exam_versions WHERE tenant_id = $1 AND exam_id = 'ex_demo' LIMIT 1) v`,
    [TENANT],
  );
  for (const range of chunksOf(people))
    await db.query(
      `INSERT INTO turn_entries (turn_id, tenant_id, candidate_id, state, entered_at)
       SELECT 'tu_' || CASE WHEN n < ${COMING} THEN 0 ELSE 2 + n % (${TURNS} - 1) END, $3, 'cd_turn-' || n, 'entered', now()
       FROM generate_series($1::int, $2::int) n`,
      [...range, TENANT],
    );
  await db.query(
    `INSERT INTO turn_rooms (tenant_id, by_turns, days) VALUES ($1, true, 3)
     ON CONFLICT (tenant_id) DO UPDATE SET by_turns = true, days = 3`,
    [TENANT],
  );
  await db.query('ANALYZE');
  return people;
}

/** What a station of that room asks for each minute: who comes, and all of it as it is sent. */
export function turnReads(
  { center }: OpenCenter,
  station: TestStation,
): Readonly<Record<string, () => Promise<unknown>>> {
  const { stationId: id, signer, certificate } = station;
  const who = { kind: 'station', id, tenantId: TENANT, name: '', publicKey: signer.publicKey, certificate } as const;
  const within = { ...center, db: center.db.as([TENANT]) };
  return {
    'roster of a turn': async () => {
      const { examOf } = (await plannedFor(who, within)) ?? {};
      if (examOf?.size !== COMING) throw new Error(`${examOf?.size} come, and not ${COMING}`);
    },
    'all for a turn': async () => {
      const { statusCode } = await station.call('GET', paths.assignment);
      if (statusCode !== 200) throw new Error(`a station was answered ${statusCode}`);
    },
  };
}
