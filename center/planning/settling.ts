import type { Turn, TurnState } from '../../contract/platform/planning.ts';
import type { Sha256, TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { examsOfVersions } from '../exams/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type ActingAccount, onlooker } from '../tenants/index.ts';
import { mustBeAhead, noteVersion } from './planning.ts';
import { endProvision, provide } from './providing.ts';
import { beginByTurns } from './rooms.ts';
import { heldTurn, shownNow, stateOf, type TurnRow } from './rows.ts';
import { mustPlan } from './standing.ts';

/**
 * Opens a turn: firms sign up, get the exam in its version, and may use the stations of the room. Open already, what is missing of
 * that is done; closed, it opens again while there is time.
 * @throws Refusal `turn-unknown`, `unauthorised`, `turn-settled`, `exam-other`
 */
export async function openTurn(actor: ActingAccount, center: Center, id: TurnId): Promise<Turn> {
  await settle(actor, center, id, async (tx, turn) => {
    if (turn.state === 'held' || turn.state === 'cancelled') throw new Refusal('turn-settled');
    await beginByTurns(tx, turn.roomTenant);
    await setState(tx, id, 'open');
  });
  await provide(actor, center, id);
  return shownNow(actor, center.db, id, center.now());
}

/** @throws Refusal `turn-unknown`, `unauthorised`, `turn-settled` where it is not open */
export async function closeTurn(actor: ActingAccount, center: Center, id: TurnId): Promise<Turn> {
  await settle(actor, center, id, async (tx, { state }) => {
    if (state !== 'open' && state !== 'closed') throw new Refusal('turn-settled');
    await setState(tx, id, 'closed');
  });
  return shownNow(actor, center.db, id, center.now());
}

/**
 * Cancels a turn that has not been held: its stations forget who was to come. What somebody has begun goes on to its end.
 * @throws Refusal `turn-unknown`, `unauthorised`, `turn-settled`
 */
export async function cancelTurn(actor: ActingAccount, center: Center, id: TurnId, note: string): Promise<Turn> {
  const turn = await settle(actor, center, id, async (tx, { state }) => {
    if (state === 'held' || state === 'cancelled') throw new Refusal('turn-settled');
    await tx.query('UPDATE turns SET note = $2 WHERE id = $1', [id, note]);
    await setState(tx, id, 'cancelled');
  });
  await endProvision(actor, center, turn);
  return shownNow(actor, center.db, id, center.now());
}

/**
 * Moves a turn that has not begun to another version of its exam; until then it keeps the one it was planned with.
 * @throws Refusal `turn-unknown`, `unauthorised`, `turn-settled`, `no-exam`, `exam-other`
 */
export async function moveTurn(actor: ActingAccount, center: Center, id: TurnId, version: Sha256): Promise<Turn> {
  const turn = await settle(actor, center, id, async (tx, held) => {
    mustBeAhead(held, center.now());
    const { examTenant, examId } = held;
    const exam = (await examsOfVersions(onlooker(actor, examTenant), tx, examTenant, [version])).get(version);
    if (exam?.id !== examId) throw new Refusal('no-exam', 'there is no such version of it');
    await tx.query('UPDATE turns SET version = $2 WHERE id = $1', [id, version]);
    await noteVersion(actor, tx, { id, version, now: center.now() });
  });
  if (turn.state !== 'planned') await provide(actor, center, id);
  return shownNow(actor, center.db, id, center.now());
}

/** @returns it as it was before */
async function settle(
  actor: ActingAccount,
  center: Center,
  id: TurnId,
  work: (tx: Queries, turn: TurnRow) => Promise<void>,
): Promise<TurnRow> {
  const now = center.now();
  await mustPlan(actor, center.db, id, now);
  return center.db.transaction(async (tx) => {
    const turn = await heldTurn(tx, id, now);
    const tenantId = (await placesOf(tx, [turn.organiserId])).get(turn.organiserId)?.tenantId ?? null;
    const deed = { tenantId, what: 'turn-settled', subject: { kind: 'turn', id } } as const;
    await changing(actor, tx, deed, stateOf(id), (inside) => work(inside, turn));
    return turn;
  });
}

const setState = (tx: Queries, id: TurnId, state: TurnState): Promise<unknown> =>
  tx.query('UPDATE turns SET state = $2 WHERE id = $1', [id, state]);
