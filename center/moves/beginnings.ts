import { z } from 'zod';
import type { Beginning, BeginningReply } from '../../contract/station-center/center-api.ts';
import { type Instant, instant, StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { readExam } from '../exams/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { hasRecord } from '../results/index.ts';
import { mayHold, stationNames } from '../stations/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { attemptsUsed } from './attempts.ts';
import { ABOUT_TO_MS } from './claims.ts';
import { MOVED_AWAY, OPEN_MOVES } from './open-moves.ts';

/** A station that is silent holds nobody for longer than their exam and this. */
const LEASE_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** For so long an exam that left one station and has not ended keeps its candidate from another one. */
const AWAY_MS = 12 * 3_600_000;

/** Of so many that began at one station in a day and came to no record, the center takes no more of its word: nobody is held by it. */
export const MOST_UNENDED = 5;

/**
 * Somebody begins an exam that counts at the station that asks, has begun it, or is done. One station has one seat: whoever
 * begins there next ends what was told of it before.
 * @param saidAt by the station's clock, as signed: what it said before is not taken back by what it had said earlier
 * @throws Refusal `no-exam` where that is no exam that counts, or none of the grant, `not-on-roster` where nobody on the roster
 * is called so
 */
export async function beginSitting(
  station: ActingStation,
  center: Center,
  beginning: Beginning,
  saidAt: Instant,
): Promise<BeginningReply> {
  const { tenantId } = station;
  const exam = await readExam(station, center.db, tenantId, beginning.examId);
  if (!mayHold(station, exam.id)) throw new Refusal('no-exam', `${exam.id} is not of this grant`);
  if (exam.mode !== 'formal') throw new Refusal('no-exam', `${exam.id} does not count`);
  const known = await candidatesByIds(station, center.db, tenantId, [beginning.candidateId]);
  const sitter = known.get(beginning.candidateId);
  // Whoever has left begins nothing; what they began before is heard to its end.
  if (!sitter || (sitter.left && beginning.state === 'asking'))
    throw new Refusal('not-on-roster', beginning.candidateId);
  const now = center.now();
  const answer = await center.db.transaction(async (tx) => {
    // Two stations that ask for one person at once ask one after the other.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`${tenantId} ${beginning.candidateId}`]);
    const asked = { station, tx, beginning, now, saidAt, attempts: exam.attempts };
    const answer = await answerTo(asked);
    if (answer.answer === 'unheard') return answer;
    if (answer.answer === 'granted' || beginning.state !== 'asking')
      await keep(asked, answer, exam.durationSeconds * 1000 + LEASE_MS);
    return answer;
  });
  // After it is there for everybody: what a station was told before then did not count it.
  return { ...answer, at: instant(center.now()) };
}

type Asked = {
  readonly station: ActingStation;
  readonly tx: Queries;
  readonly beginning: Beginning;
  readonly now: Date;
  readonly saidAt: Instant;
  readonly attempts: number;
};

async function answerTo(asked: Asked): Promise<BeginningReply> {
  const { station, tx, beginning, now, attempts } = asked;
  const at = instant(now);
  if (await isUnheard(asked)) return { answer: 'unheard', at };
  if (beginning.state === 'over') return { answer: 'granted', at };
  const other = await heldElsewhere(asked);
  if (other) {
    const names = await stationNames(station, tx, station.tenantId, [other.stationId]);
    const called = names.get(other.stationId) ?? other.stationId;
    return { answer: 'sits-elsewhere', at, station: called, since: instant(other.since) };
  }
  const { candidateId: id, examId, sittingId } = beginning;
  const used = await attemptsUsed(station, tx, station.tenantId, [{ id, examId }], sittingId);
  const count = used({ id, examId });
  return count >= attempts ? { answer: 'attempts-used', at, used: count, of: attempts } : { answer: 'granted', at };
}

/** What one has begun already is heard to its end. */
async function isUnheard({ station, tx, beginning, now }: Asked): Promise<boolean> {
  const row = await selectOne(
    tx,
    z.object({ n: z.int() }),
    `SELECT count(*)::int AS n FROM beginnings b WHERE b.tenant_id = $1 AND b.station_id = $2 AND b.begun
       AND b.heard_at > $3 AND b.sitting_id <> $4 AND b.released_at IS NULL AND NOT ${MOVED_AWAY}
       AND NOT ${hasRecord('b.tenant_id', 'b.sitting_id')}
       AND NOT EXISTS (SELECT 1 FROM beginnings own
         WHERE own.tenant_id = $1 AND own.station_id = $2 AND own.sitting_id = $4 AND own.begun)`,
    [station.tenantId, station.id, new Date(now.getTime() - DAY_MS).toISOString(), beginning.sittingId],
  );
  return (row?.n ?? 0) >= MOST_UNENDED;
}

const Held = z.object({ stationId: StationId, since: z.date() });

/** Where this person sits already, if they do: one exam at a time, whichever it is. */
async function heldElsewhere({ station, tx, beginning, now }: Asked): Promise<z.infer<typeof Held> | undefined> {
  const { tenantId, id } = station;
  const [held] = await select(
    tx,
    Held,
    `SELECT * FROM (
       SELECT b.station_id AS "stationId", b.asked_at AS since FROM beginnings b
       WHERE b.tenant_id = $1 AND b.candidate_id = $2 AND b.station_id <> $3 AND NOT b.over
         AND b.released_at IS NULL AND b.holds_until > $4 AND NOT ${hasRecord('b.tenant_id', 'b.sitting_id')}
       UNION ALL SELECT m.to_station, m.moved_at FROM ${OPEN_MOVES} AND m.tenant_id = $1 AND m.candidate_id = $2
         AND m.to_station <> $3 AND m.moved_at > $5
     ) held ORDER BY since LIMIT 1`,
    [tenantId, beginning.candidateId, id, now.toISOString(), agoOf(now)],
  );
  return held;
}

const agoOf = (now: Date): string => new Date(now.getTime() - AWAY_MS).toISOString();

/** What has begun is written down whatever was answered; of whose it is nothing changes. */
async function keep(
  { station, tx, beginning, now, saidAt }: Asked,
  answer: BeginningReply,
  leaseMs: number,
): Promise<void> {
  const { tenantId, id } = station;
  const { sittingId, candidateId, examId, state } = beginning;
  const at = now.toISOString();
  const until = new Date(now.getTime() + (state === 'asking' ? ABOUT_TO_MS : leaseMs)).toISOString();
  const against = answer.answer === 'sits-elsewhere' || answer.answer === 'attempts-used' ? answer.answer : null;
  await tx.query(
    `INSERT INTO beginnings (tenant_id, sitting_id, station_id, candidate_id, exam_id, begun, over, asked_at, heard_at,
       holds_until, against, said_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)
     ON CONFLICT (tenant_id, sitting_id) DO UPDATE SET begun = beginnings.begun OR excluded.begun,
       over = beginnings.over OR excluded.over, heard_at = excluded.heard_at,
       holds_until = GREATEST(beginnings.holds_until, excluded.holds_until),
       -- What was heard before says nothing new, however the answer to it would be another one by now.
       against = CASE WHEN beginnings.said_at >= excluded.said_at THEN beginnings.against
         ELSE coalesce(beginnings.against, excluded.against) END,
       said_at = GREATEST(beginnings.said_at, excluded.said_at)
     WHERE beginnings.station_id = excluded.station_id AND beginnings.candidate_id = excluded.candidate_id`,
    [
      ...[
        tenantId,
        sittingId,
        id,
        candidateId,
        examId,
        state !== 'asking',
        state === 'over',
        at,
        until,
        against,
        saidAt,
      ],
    ],
  );
  if (state !== 'over')
    await tx.query(
      `UPDATE beginnings b SET over = true WHERE b.tenant_id = $1 AND b.station_id = $2 AND b.sitting_id <> $3 AND NOT b.over
         AND coalesce(b.said_at <= $4, true) AND NOT EXISTS (SELECT 1 FROM beginnings named
           WHERE named.tenant_id = $1 AND named.sitting_id = $3 AND (named.over OR named.station_id <> $2))`,
      [tenantId, id, sittingId, saidAt],
    );
}
