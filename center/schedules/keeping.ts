import { z } from 'zod';
import { BULLETIN_READERS } from '../../contract/platform/jobs.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Role } from '../../contract/platform/roles.ts';
import type { Issue, NewSchedule, Schedule } from '../../contract/platform/schedules.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import { type IssueId, instant, ScheduleId } from '../../contract/words/ids.ts';
import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, makeId, readCursor } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { idsWithin, type OrganisationPlace, placesOf } from '../organisations/index.ts';
import { type ActingAccount, reaches, reachOf, type System } from '../tenants/index.ts';
import type { BulletinWays } from './bringing.ts';
import { dueAfter, overBy } from './calendar.ts';
import { addIssue } from './due.ts';
import { mustBeFolder } from './folder.ts';
import { ISSUE, IssueRow, SCHEDULE, ScheduleRow, shownIssue, shownSchedule } from './rows.ts';

type At = Pick<Center, 'db' | 'now'>;

/** Whoever keeps a place ends what others ordered for it; whoever ordered something ends that. */
const KEEPERS: readonly Role[] = ['platform', 'bureau', 'firm'];
/** So many at one place. */
const MOST = 20;
/** What ended by itself is shown for so long. */
const SHOWN_MS = 30 * 86_400_000;

/** @throws Refusal `unauthorised` where it is no account, whatever the types were told */
function mustBeAccount({ kind }: { readonly kind: string }): void {
  if (kind !== 'account') throw new Refusal('unauthorised', `a ${kind} does not do this`);
}

/** Where bulletins can go at this center. */
export function bulletinWays(
  actor: ActingAccount,
  { folder, mail }: BulletinWays,
): { readonly folder: boolean; readonly mail: boolean } {
  mustBeAccount(actor);
  return { folder: folder !== undefined, mail: mail !== undefined };
}

const After = z.tuple([AskedInstant, ScheduleId]);

/** What whoever asks ordered, and what was ordered for places that they keep: newest first. */
export async function listSchedules(
  actor: ActingAccount,
  { db, now }: At,
  { after, size }: { readonly after?: Cursor | undefined; readonly size: number },
): Promise<{ readonly rows: readonly Schedule[]; readonly next: Cursor | null }> {
  mustBeAccount(actor);
  const [at, id] = after ? readCursor(after, After) : [null, null];
  const rows = await select(
    db,
    ScheduleRow,
    `SELECT ${SCHEDULE} FROM bulletin_schedules
     WHERE (organisation_id = ANY($2::text[]) OR (account_id = $1
         AND ($7::text IS NULL OR token_id = $7 OR organisation_id = ANY($8::text[]))))
       AND (ended_at IS NULL OR (role_lost AND ended_at > $3))
       AND ($4::timestamptz IS NULL OR (made_at, id) < ($4::timestamptz, $5::text))
     ORDER BY made_at DESC, id DESC LIMIT $6`,
    [
      ...[actor.id, await idsWithin(db, reachOf(actor, ...KEEPERS))],
      ...[new Date(now().getTime() - SHOWN_MS).toISOString(), at, id, size + 1],
      // A program of theirs is shown what it ordered itself, and what its own roles reach.
      ...[actor.token ?? null, actor.token ? await idsWithin(db, reachOf(actor, ...BULLETIN_READERS)) : []],
    ],
  );
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const next = last && rows.length > size ? cursorOf([instant(last.madeAt), last.id]) : null;
  return { rows: await shown(db, page), next };
}

async function shown(db: Queries, rows: readonly ScheduleRow[]): Promise<readonly Schedule[]> {
  const places = await placesOf(
    db,
    rows.map(({ organisationId }) => organisationId),
  );
  const issues = await select(
    db,
    IssueRow,
    `SELECT DISTINCT ON (schedule_id) ${ISSUE} FROM bulletin_issues WHERE schedule_id = ANY($1::text[])
     ORDER BY schedule_id, made_at DESC, id DESC`,
    [rows.map(({ id }) => id)],
  );
  const last = new Map(issues.map((issue) => [issue.scheduleId, issue]));
  return rows.map((row) => shownSchedule(row, places.get(row.organisationId)?.name ?? '', last.get(row.id)));
}

/**
 * @throws Refusal `organisation-unknown` where they are shown no bulletins of that place, `folder-unusable`, `mail-missing`,
 * `not-allowed-now` where there are too many
 */
export async function addSchedule(
  actor: ActingAccount,
  { db, now }: At,
  wish: NewSchedule,
  ways: BulletinWays,
): Promise<Schedule> {
  mustBeAccount(actor);
  const { organisationId, grouping, period, day, hour, formats, language, to } = wish;
  mustReachPlace(actor, (await placesOf(db, [organisationId])).get(organisationId));
  if (to.folder) await mustBeFolder(ways.folder);
  if (to.mails.length > 0 && !ways.mail) throw new Refusal('mail-missing');
  const id = ScheduleId.parse(makeId('bs'));
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`schedules of ${organisationId}`]);
    const there = 'SELECT 1 FROM bulletin_schedules WHERE organisation_id = $1 AND ended_at IS NULL';
    if ((await tx.query(there, [organisationId])).length >= MOST)
      throw new Refusal('not-allowed-now', `${MOST} at one place at most`);
    await tx.query(
      `INSERT INTO bulletin_schedules (id, organisation_id, account_id, token_id, grouping, period, day, hour, formats, language,
         folder, mails, hook, made_at, next_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[id, organisationId, actor.id, actor.token ?? null, grouping, period, day, hour, [...new Set(formats)]],
        ...[language, to.folder, [...new Set(to.mails)], to.hook, now().toISOString()],
        dueAfter(now(), wish).at.toISOString(),
      ],
    );
    await noteDone(actor, tx, { tenantId: null, what: 'bulletin-scheduled', subject: { kind: 'schedule', id } });
    return shownOne(tx, id);
  });
}

function mustReachPlace(actor: ActingAccount, place: OrganisationPlace | undefined): void {
  if (!place || !reaches(actor, place.path, ...BULLETIN_READERS)) throw new Refusal('organisation-unknown');
  if (place.state !== 'approved' || !['platform', 'county', 'street', 'firm'].includes(place.kind))
    throw new Refusal('organisation-misplaced', 'there are no bulletins of this place');
}

/** @throws Refusal `schedule-unknown` where there is none such that is theirs to end */
export function endSchedule(actor: ActingAccount, { db, now }: At, id: ScheduleId): Promise<Schedule> {
  mustBeAccount(actor);
  return db.transaction(async (tx) => {
    await mustKeep(actor, tx, id);
    const at = now().toISOString();
    await tx.query('UPDATE bulletin_schedules SET ended_at = $2 WHERE id = $1', [id, at]);
    await tx.query(
      `UPDATE bulletin_issues SET state = 'ended', done_at = $2 WHERE schedule_id = $1 AND state = 'waiting'`,
      [id, at],
    );
    await noteDone(actor, tx, { tenantId: null, what: 'bulletin-schedule-ended', subject: { kind: 'schedule', id } });
    return shownOne(tx, id);
  });
}

/**
 * Sends the bulletin of the last period that is over, beside those that come by themselves.
 * @throws Refusal `schedule-unknown`; `not-allowed-now` where one that was tried is still under way; TryLater
 */
export function trySchedule(actor: ActingAccount, { db, now }: At, id: ScheduleId): Promise<Schedule> {
  mustBeAccount(actor);
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`trials of ${actor.id}`]);
    const row = await mustKeep(actor, tx, id);
    const waiting = `SELECT 1 FROM bulletin_issues WHERE schedule_id = $1 AND trial AND state = 'waiting' LIMIT 1`;
    if ((await tx.query(waiting, [id])).length > 0) throw new Refusal('not-allowed-now', 'one is under way');
    await mustBeSeldom(actor, tx, row, now());
    await addIssue(tx, id, overBy(now(), row), { now: now(), triedBy: actor.id });
    return shownOne(tx, id);
  });
}

/** In an hour: of one schedule, and by mail of one account. */
const [MOST_TRIALS, MOST_MAILED, HOUR_MS] = [3, 20, 3_600_000];
const Trials = z.object({ at: z.date(), isOf: z.boolean(), isMailed: z.boolean() });

/** Each of them is work, and letters to people who asked for none. @throws TryLater */
async function mustBeSeldom(actor: ActingAccount, tx: Queries, { id, mails }: ScheduleRow, now: Date): Promise<void> {
  const trials = await select(
    tx,
    Trials,
    `SELECT i.made_at AS at, i.schedule_id = $1 AS "isOf", i.tried_by = $2 AND s.mails <> '{}' AS "isMailed"
     FROM bulletin_issues i JOIN bulletin_schedules s ON s.id = i.schedule_id
     WHERE i.trial AND i.made_at > $3 AND (i.schedule_id = $1 OR i.tried_by = $2) ORDER BY i.made_at DESC`,
    [id, actor.id, new Date(now.getTime() - HOUR_MS).toISOString()],
  );
  const full = [
    trials.filter(({ isOf }) => isOf)[MOST_TRIALS - 1],
    mails.length > 0 ? trials.filter(({ isMailed }) => isMailed)[MOST_MAILED - 1] : undefined,
  ];
  const until = Math.max(...full.flatMap((one) => (one ? [one.at.getTime() + HOUR_MS] : [])));
  if (until > now.getTime()) throw new TryLater(Math.ceil((until - now.getTime()) / 1_000));
}

async function shownOne(db: Queries, id: ScheduleId): Promise<Schedule> {
  const rows = await select(db, ScheduleRow, `SELECT ${SCHEDULE} FROM bulletin_schedules WHERE id = $1`, [id]);
  return (await shown(db, rows))[0] as Schedule;
}

async function mustKeep(actor: ActingAccount, tx: Queries, id: ScheduleId): Promise<ScheduleRow> {
  const sql = `SELECT ${SCHEDULE} FROM bulletin_schedules WHERE id = $1 AND ended_at IS NULL FOR UPDATE`;
  const row = await selectOne(tx, ScheduleRow, sql, [id]);
  const place = row && (await placesOf(tx, [row.organisationId])).get(row.organisationId);
  const may =
    row &&
    ((place && reaches(actor, place.path, ...KEEPERS)) || (row.account === actor.id && isOwn(actor, row, place)));
  if (!may) throw new Refusal('schedule-unknown');
  return row;
}

/** A program of whoever ordered it has its own reach, and no more. */
const isOwn = (actor: ActingAccount, { token }: ScheduleRow, place: OrganisationPlace | undefined): boolean =>
  !actor.token || actor.token === token || (place !== undefined && reaches(actor, place.path, ...BULLETIN_READERS));

/** What a webhook told of. @throws Refusal `schedule-unknown` where they are shown no bulletins of that place */
export async function readIssue(actor: ActingAccount, db: Queries, id: IssueId): Promise<Issue> {
  mustBeAccount(actor);
  const issue = await selectOne(db, IssueRow, `SELECT ${ISSUE} FROM bulletin_issues WHERE id = $1`, [id]);
  const of = `SELECT ${SCHEDULE} FROM bulletin_schedules WHERE id = $1`;
  const row = issue && (await selectOne(db, ScheduleRow, of, [issue.scheduleId]));
  const place = row && (await placesOf(db, [row.organisationId])).get(row.organisationId);
  if (!issue || !row || !place || !reaches(actor, place.path, ...BULLETIN_READERS))
    throw new Refusal('schedule-unknown');
  return shownIssue(issue, row);
}

const Counted = z.object({ waiting: z.int(), late: z.int(), failed: z.int() });

/** Bulletins that are to come: those of them that did not at first, and those that did not at all, of the last days. */
export async function countIssues(
  _actor: System,
  db: Queries,
  since: Date,
): Promise<Readonly<z.infer<typeof Counted>>> {
  const row = await selectOne(
    db,
    Counted,
    `SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
       count(*) FILTER (WHERE state = 'waiting' AND rounds > 0)::int AS late,
       count(*) FILTER (WHERE state = 'failed')::int AS failed
     FROM bulletin_issues WHERE state IN ('waiting', 'failed') AND made_at > $1`,
    [since.toISOString()],
  );
  return row ?? { waiting: 0, late: 0, failed: 0 };
}
