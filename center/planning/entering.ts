import { z } from 'zod';
import type { EntryOutcome, Obstacle } from '../../contract/platform/planning.ts';
import { CandidateId, type TenantId, type TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { placeOfTenant } from '../organisations/index.ts';
import { noteExam } from '../people/index.ts';
import { type ActingAccount, planningAt } from '../tenants/index.ts';
import { obstacles } from './eligibility.ts';
import { countEntries, heldTurn, quotasOf, type TurnRow } from './rows.ts';
import { mustSee, type SeenTurn } from './standing.ts';

/** The firm of whoever signs people up. @throws Refusal `unauthorised` where none of theirs comes, `bad-message` where several do */
export function mustSignUp({ standing }: SeenTurn): TenantId {
  const [firm, ...others] = standing.firms;
  if (!firm) throw new Refusal('unauthorised', 'no firm of yours comes to this turn');
  if (others.length > 0) throw new Refusal('bad-message', 'several firms of yours come to this turn');
  return firm;
}

/** @throws Refusal `turn-settled` where nobody signs up any more */
function mustBeOpen({ state }: TurnRow): void {
  if (state !== 'open') throw new Refusal('turn-settled', 'nobody signs up here now');
}

/**
 * Signs people of a firm up: whoever may come, up to the quota of the firm and the seats; whoever comes after waits. Whoever is
 * there already stays as they are.
 * @throws Refusal `turn-unknown`, `unauthorised`, `turn-settled`
 */
export async function enterTurn(
  actor: ActingAccount,
  center: Center,
  id: TurnId,
  candidateIds: readonly CandidateId[],
): Promise<readonly EntryOutcome[]> {
  const now = center.now();
  const tenantId = mustSignUp(await mustSee(actor, center.db, id, now));
  const ids = [...new Set(candidateIds)];
  return center.db.transaction(async (tx) => {
    const turn = await heldTurn(tx, id, now);
    mustBeOpen(turn);
    const there = new Map((await entriesOf(tx, id, tenantId)).map((one) => [one.candidateId, one.state]));
    const found = await obstacles(actor, tx, { turn, tenantId, ids, now });
    const may = ids.filter((one) => !there.has(one) && found.get(one)?.length === 0);
    const free = await freePlaces(tx, turn, tenantId);
    const placed = may.map((one, at) => [one, at < free ? 'entered' : 'waiting'] as const);
    if (placed.length > 0) await store(actor, tx, { id, tenantId, turn, now }, placed);
    const placedAs = new Map<CandidateId, 'entered' | 'waiting'>([...there, ...placed]);
    return ids.map((candidateId) => outcomeOf(candidateId, placedAs.get(candidateId), found.get(candidateId) ?? []));
  });
}

const outcomeOf = (
  candidateId: CandidateId,
  outcome: 'entered' | 'waiting' | undefined,
  found: readonly Obstacle[],
): EntryOutcome => ({ candidateId, outcome: outcome ?? 'refused', obstacles: outcome ? [] : found });

type Where = { readonly id: TurnId; readonly tenantId: TenantId };
type Placed = readonly (readonly [CandidateId, 'entered' | 'waiting'])[];

async function store(
  actor: ActingAccount,
  tx: Queries,
  { id, tenantId, turn, now }: Where & { readonly turn: TurnRow; readonly now: Date },
  placed: Placed,
): Promise<void> {
  const ids = placed.map(([one]) => one);
  const { path } = await placeOfTenant(tx, tenantId);
  await noteExam(planningAt(actor, { tenantId, path }), tx, tenantId, { examId: turn.examId, ids });
  const deed = { tenantId, what: 'turn-entered', subject: { kind: 'turn', id } } as const;
  await changing(
    actor,
    tx,
    deed,
    (inside) => entriesOf(inside, id, tenantId),
    (inside) =>
      inside.query(
        `INSERT INTO turn_entries (turn_id, tenant_id, candidate_id, state, entered_at)
         SELECT $1, $2, candidate_id, state, $5
         FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS given (candidate_id, state, place) ORDER BY place
         ON CONFLICT (turn_id, tenant_id, candidate_id) DO UPDATE SET state = excluded.state, entered_at = excluded.entered_at`,
        [id, tenantId, ids, placed.map(([, state]) => state), now.toISOString()],
      ),
  );
}

const Entry = z.object({ candidateId: CandidateId, state: z.enum(['entered', 'waiting']) });

/** Who of a firm comes or waits, in the order in which they were signed up. */
const entriesOf = (db: Queries, id: TurnId, tenantId: TenantId) =>
  select(
    db,
    Entry,
    `SELECT candidate_id AS "candidateId", state FROM turn_entries
     WHERE turn_id = $1 AND tenant_id = $2 AND state <> 'cancelled' ORDER BY number`,
    [id, tenantId],
  );

/** How many more of a firm may come: by its quota, and by the seats that are left. */
async function freePlaces(tx: Queries, { id, seats }: TurnRow, tenantId: TenantId): Promise<number> {
  const quota = (await quotasOf(tx, id)).find((one) => one.tenantId === tenantId)?.quota ?? 0;
  const counts = await countEntries(tx, [id]);
  const own = counts.find((one) => one.tenantId === tenantId)?.entered ?? 0;
  const all = counts.reduce((sum, { entered }) => sum + entered, 0);
  return Math.max(0, Math.min(quota - own, seats - all));
}

/**
 * Takes somebody of a firm off a turn that has not begun; the first of the firm who waits comes in their place.
 * @returns who that is
 * @throws Refusal `turn-unknown`, `unauthorised`, `turn-settled`, `not-on-roster`
 */
export async function leaveTurn(
  actor: ActingAccount,
  center: Center,
  id: TurnId,
  candidateId: CandidateId,
): Promise<CandidateId | null> {
  const now = center.now();
  const tenantId = mustSignUp(await mustSee(actor, center.db, id, now));
  return center.db.transaction(async (tx) => {
    const turn = await heldTurn(tx, id, now);
    if ((turn.state !== 'open' && turn.state !== 'closed') || turn.begins <= now) throw new Refusal('turn-settled');
    const deed = { tenantId, what: 'turn-left', subject: { kind: 'turn', id } } as const;
    return changing(
      actor,
      tx,
      deed,
      (inside) => entriesOf(inside, id, tenantId),
      async (inside) => {
        const left = await inside.query(
          `UPDATE turn_entries SET state = 'cancelled' WHERE turn_id = $1 AND tenant_id = $2 AND candidate_id = $3
           AND state <> 'cancelled' RETURNING 1`,
          [id, tenantId, candidateId],
        );
        if (left.length === 0) throw new Refusal('not-on-roster', 'they do not come to this turn');
        return promote(inside, turn, tenantId);
      },
    );
  });
}

async function promote(tx: Queries, turn: TurnRow, tenantId: TenantId): Promise<CandidateId | null> {
  if ((await freePlaces(tx, turn, tenantId)) === 0) return null;
  const waiting = (await entriesOf(tx, turn.id, tenantId)).find(({ state }) => state === 'waiting');
  if (!waiting) return null;
  await tx.query(
    `UPDATE turn_entries SET state = 'entered' WHERE turn_id = $1 AND tenant_id = $2 AND candidate_id = $3`,
    [turn.id, tenantId, waiting.candidateId],
  );
  return waiting.candidateId;
}
