import { z } from 'zod';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Paging, TurnSlip } from '../../contract/platform/planning.ts';
import { CandidateId, instant, TenantId, type TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { slipCode } from '../../proof/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { examsOfVersions } from '../exams/index.ts';
import { type ActingAccount, type Learner, mustLearn, onlooker, type Student } from '../tenants/index.ts';
import { firmsSeen } from './entries.ts';
import { noteLook } from './reading.ts';
import { selectTurns, type TurnRow, unknownTurn } from './rows.ts';
import { mustSee } from './standing.ts';

const Comer = z.object({ candidateId: CandidateId, tenantId: TenantId, number: z.int() });
const COMERS = `SELECT candidate_id AS "candidateId", tenant_id AS "tenantId", number FROM turn_entries
  WHERE turn_id = $1 AND state = 'entered'`;

/**
 * Codes for the admission slips of those who come to a turn, in their order; none where the exam takes no slips, or nobody comes
 * any more. That somebody had them is written down with each firm.
 * @throws Refusal `turn-unknown`, `issuing-key-missing`
 */
export async function listSlips(
  actor: ActingAccount,
  center: Center,
  id: TurnId,
  { after, size }: Paging,
): Promise<{ readonly rows: readonly TurnSlip[]; readonly next: Cursor | null }> {
  const { db } = center;
  const seen = await mustSee(actor, db, id, center.now());
  const { turn } = seen;
  if (!isComing(turn) || !(await takesSlips(onlooker(actor, turn.examTenant), db, turn.examTenant, turn)))
    return { rows: [], next: null };
  const [from] = after ? readCursor(after, z.tuple([z.int()])) : [0];
  const sql = `${COMERS} AND tenant_id = ANY($2::text[]) AND number > $3 ORDER BY number LIMIT $4`;
  const found = await select(db, Comer, sql, [id, firmsSeen(seen), from, size + 1]);
  const page = found.slice(0, size);
  for (const tenantId of new Set(page.map((one) => one.tenantId))) await noteLook(actor, center, tenantId, id);
  const last = page.at(-1);
  return {
    rows: page.map(({ tenantId, candidateId }) => ({
      ...{ tenantId, candidateId, code: codeFor(center, turn, { tenantId, candidateId }) },
    })),
    next: last && found.length > size ? cursorOf([last.number]) : null,
  };
}

/**
 * The code of one's own slip; nothing where the exam takes none, or the center can sign nothing now: the card is enough.
 * @throws Refusal `turn-unknown` where they do not come to it
 */
export async function slipOfOneself(
  actor: Learner,
  center: Pick<Center, 'db' | 'now' | 'signer'>,
  tenantId: TenantId,
  id: TurnId,
): Promise<string | null> {
  mustLearn(actor, tenantId);
  const { db } = center;
  const { candidateId } = actor;
  const sql = `${COMERS} AND tenant_id = $2 AND candidate_id = $3`;
  const comes = (await select(db, Comer, sql, [id, tenantId, candidateId])).length > 0;
  const [turn] = comes ? await selectTurns(db, center.now(), 't.id = $2', [id]) : [];
  if (!turn || !isComing(turn)) throw unknownTurn();
  if (!(await takesSlips(actor, db, tenantId, turn))) return null;
  try {
    return codeFor(center, turn, { tenantId, candidateId });
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'issuing-key-missing') return null;
    throw error;
  }
}

/** @param tenantId whose exam it is, or whoever got it when the turn was opened */
async function takesSlips(
  actor: Student,
  db: Queries,
  tenantId: TenantId,
  { version }: Pick<TurnRow, 'version'>,
): Promise<boolean> {
  const exams = await examsOfVersions(actor, db, tenantId, [version]);
  return exams.get(version)?.slips === 'allowed';
}

const isComing = ({ state }: TurnRow): boolean => state === 'open' || state === 'closed';

function codeFor(
  { signer, now }: Pick<Center, 'signer' | 'now'>,
  turn: TurnRow,
  who: Pick<TurnSlip, 'tenantId' | 'candidateId'>,
): string {
  const { id: turnId, examId, roomTenant, begins, ends } = turn;
  const times = { issuedAt: instant(now()), begins: instant(begins), until: instant(ends) };
  return slipCode({ turnId, ...who, examId, room: roomTenant, ...times }, signer);
}
