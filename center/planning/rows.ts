import { z } from 'zod';
import { Eligibility, type Turn, TurnState } from '../../contract/platform/planning.ts';
import { ExamId, instant, OrganisationId, Sha256, TenantId, TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import { examsOfVersions } from '../exams/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type ActingAccount, onlooker } from '../tenants/index.ts';

const json = z.string().transform((text) => Eligibility.parse(JSON.parse(text)));

const TurnRow = z.object({
  id: TurnId,
  organiserId: OrganisationId,
  roomId: OrganisationId,
  roomTenant: TenantId,
  examTenant: TenantId,
  examId: ExamId,
  version: Sha256,
  begins: z.date(),
  ends: z.date(),
  signUpUntil: z.date(),
  seats: z.int(),
  eligibility: json,
  state: TurnState,
  note: z.string(),
});
export type TurnRow = Readonly<z.infer<typeof TurnRow>>;

/** What a turn (a row called `t`) is at the moment that is this parameter: time closes it and has it held. */
export const stateAt = (now: string): string => `CASE
  WHEN t.state IN ('open', 'closed') AND t.ends_at <= ${now} THEN 'held'
  WHEN t.state = 'open' AND t.sign_up_until <= ${now} THEN 'closed' ELSE t.state END`;

const COLUMNS = `t.id, t.organiser_id AS "organiserId", t.room_id AS "roomId", t.room_tenant AS "roomTenant",
  t.exam_tenant AS "examTenant", t.exam_id AS "examId", t.version, t.begins_at AS begins, t.ends_at AS ends,
  t.sign_up_until AS "signUpUntil", t.seats, t.eligibility, ${stateAt('$1')} AS state, t.note`;

/** Turns as they are at a moment. @param where a condition over `t`, with parameters from `$2` on */
export const selectTurns = (
  db: Queries,
  now: Date,
  where: string,
  params: readonly unknown[],
): Promise<readonly TurnRow[]> =>
  select(db, TurnRow, `SELECT ${COLUMNS} FROM turns t WHERE ${where}`, [now.toISOString(), ...params]);

export const unknownTurn = (): Refusal => new Refusal('turn-unknown');

/** Held until the transaction ends: what is decided by what it says stays true meanwhile. @throws Refusal `turn-unknown` */
export async function heldTurn(tx: Queries, id: TurnId, now: Date): Promise<TurnRow> {
  await tx.query('SELECT 1 FROM turns WHERE id = $1 FOR NO KEY UPDATE', [id]);
  const [turn] = await selectTurns(tx, now, 't.id = $2', [id]);
  if (!turn) throw unknownTurn();
  return turn;
}

/** For the audit log: all that can be changed of it. */
export const stateOf = (id: TurnId) => async (tx: Queries) => {
  const [turn] = await tx.query('SELECT * FROM turns WHERE id = $1 FOR NO KEY UPDATE', [id]);
  if (!turn) return undefined;
  const quotas = 'SELECT tenant_id, quota FROM turn_quotas WHERE turn_id = $1 ORDER BY tenant_id';
  const proctors = 'SELECT tenant_id, proctor_id FROM turn_proctors WHERE turn_id = $1 ORDER BY tenant_id, proctor_id';
  return { turn, quotas: await tx.query(quotas, [id]), proctors: await tx.query(proctors, [id]) };
};

const Quota = z.object({ tenantId: TenantId, organisationId: OrganisationId, quota: z.int() });
export type Quota = Readonly<z.infer<typeof Quota>>;

export const quotasOf = (db: Queries, id: TurnId): Promise<readonly Quota[]> =>
  select(
    db,
    Quota,
    `SELECT tenant_id AS "tenantId", organisation_id AS "organisationId", quota FROM turn_quotas
     WHERE turn_id = $1 ORDER BY tenant_id`,
    [id],
  );

const Counted = z.object({ turnId: TurnId, tenantId: TenantId, entered: z.int(), waiting: z.int() });
export type Counted = Readonly<z.infer<typeof Counted>>;

/** How many come and wait, of each firm. */
export const countEntries = (db: Queries, ids: readonly TurnId[]): Promise<readonly Counted[]> =>
  select(
    db,
    Counted,
    `SELECT turn_id AS "turnId", tenant_id AS "tenantId", (count(*) FILTER (WHERE state = 'entered'))::int AS entered,
       (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting
     FROM turn_entries WHERE turn_id = ANY($1::text[]) AND state <> 'cancelled' GROUP BY turn_id, tenant_id`,
    [ids],
  );

/** As whoever may see them is shown them, in their order. */
export async function shown(actor: ActingAccount, db: Queries, rows: readonly TurnRow[]): Promise<readonly Turn[]> {
  const places = await placesOf(
    db,
    rows.flatMap(({ organiserId, roomId }) => [organiserId, roomId]),
  );
  const counts = await countEntries(
    db,
    rows.map(({ id }) => id),
  );
  const titles = new Map<string, Turn['exam']['title']>();
  for (const [tenantId, of] of Map.groupBy(rows, ({ examTenant }) => examTenant)) {
    const versions = of.map(({ version }) => version);
    const exams = await examsOfVersions(onlooker(actor, tenantId), db, tenantId, versions);
    for (const [version, { title }] of exams) titles.set(version, title);
  }
  const named = (id: OrganisationId) => ({ id, name: places.get(id)?.name ?? '' });
  return rows.map((row): Turn => {
    const { id, organiserId, roomId, examTenant, examId, version, seats, eligibility, state, note } = row;
    const own = counts.filter(({ turnId }) => turnId === id);
    const title = titles.get(version) ?? { zh: examId };
    return {
      ...{ id, organiser: named(organiserId), room: named(roomId), seats, eligibility, state, note },
      exam: { id: examId, tenantId: examTenant, title, version },
      ...{ begins: instant(row.begins), ends: instant(row.ends), signUpUntil: instant(row.signUpUntil) },
      entered: own.reduce((sum, { entered }) => sum + entered, 0),
      waiting: own.reduce((sum, { waiting }) => sum + waiting, 0),
    };
  });
}

export async function shownNow(actor: ActingAccount, db: Queries, id: TurnId, now: Date): Promise<Turn> {
  const [turn] = await shown(actor, db, await selectTurns(db, now, 't.id = $2', [id]));
  if (!turn) throw unknownTurn();
  return turn;
}
