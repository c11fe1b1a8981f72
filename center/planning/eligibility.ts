import type { Eligibility, Obstacle } from '../../contract/platform/planning.ts';
import type { CandidateId, ExamId, TenantId } from '../../contract/words/ids.ts';
import { certificateEnds } from '../certificates/index.ts';
import type { Queries } from '../database/index.ts';
import { examsOfVersions } from '../exams/index.ts';
import { attemptsUsed } from '../moves/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { creditedTime, earlierResults } from '../results/index.ts';
import { type ActingAccount, onlooker } from '../tenants/index.ts';
import type { TurnRow } from './rows.ts';

const DAY_MS = 24 * 3_600_000;

/** What is known of somebody who wants to come. */
export type Known = {
  readonly onRoster: boolean;
  /** Of courses: what was credited. */
  readonly learned: ReadonlyMap<ExamId, { readonly seconds: number; readonly complete: boolean }>;
  readonly sat: ReadonlyMap<ExamId, { readonly passed: boolean; readonly failed: number }>;
  readonly attemptsUsed: number;
  /** When their certificate ends; `null` never, `undefined` where they have none. */
  readonly certificateEnds: Date | null | undefined;
  /** They come to another turn of the exam that has not been held. */
  readonly elsewhere: boolean;
};
type Terms = Eligibility & { readonly examId: ExamId; readonly attempts: number; readonly begins: Date };

/** Why somebody may not come; nothing where they may. */
export function obstaclesOf(terms: Terms, known: Known): readonly Obstacle[] {
  const { courses, passed, again, examId, attempts } = terms;
  const own = known.sat.get(examId) ?? { passed: false, failed: 0 };
  const renews = own.passed && again !== 're-sit' && endsSoon(terms, known);
  const found: readonly (readonly [Obstacle, boolean])[] = [
    ['left', !known.onRoster],
    ['course-missing', courses.some((course) => !hasLearned(course, known))],
    ['earlier-missing', passed.some((id) => !known.sat.get(id)?.passed)],
    ['passed-already', own.passed && again !== 'any' && !renews],
    ['no-re-sit', again === 're-sit' && !own.passed && own.failed !== 1],
    ['attempts-used', known.attemptsUsed >= attempts],
    ['elsewhere', known.elsewhere],
  ];
  return found.flatMap(([obstacle, isSo]) => (isSo ? [obstacle] : []));
}

function hasLearned({ examId, minutes }: Eligibility['courses'][number], { learned }: Known): boolean {
  const known = learned.get(examId);
  if (!known) return false;
  return minutes === 0 ? known.complete : known.complete || known.seconds >= minutes * 60;
}

/** A certificate that still holds then keeps its holder; whoever passed and has none that is known does not come again. */
function endsSoon({ begins, renewDays }: Terms, { certificateEnds: ends }: Known): boolean {
  return ends instanceof Date && ends.getTime() <= begins.getTime() + renewDays * DAY_MS;
}

type Asked = {
  readonly turn: TurnRow;
  readonly tenantId: TenantId;
  readonly ids: readonly CandidateId[];
  readonly now: Date;
};

/** Of each of these people of a firm why they may not come. One query for each thing that is known, however many they are. */
export async function obstacles(
  actor: ActingAccount,
  db: Queries,
  { turn, tenantId, ids, now }: Asked,
): Promise<ReadonlyMap<CandidateId, readonly Obstacle[]>> {
  const { examId, eligibility, begins } = turn;
  const reader = onlooker(actor, tenantId);
  const owner = onlooker(actor, turn.examTenant);
  const exam = (await examsOfVersions(owner, db, turn.examTenant, [turn.version])).get(turn.version);
  const courses = eligibility.courses.map((course) => course.examId);
  const roster = await candidatesByIds(reader, db, tenantId, ids);
  const learned = await creditedTime(reader, db, tenantId, { ids, examIds: courses });
  const sat = await earlierResults(reader, db, tenantId, { ids, examIds: [examId, ...eligibility.passed] });
  const ends = await certificateEnds(reader, db, tenantId, { examId, ids });
  const used = await attemptsUsed(
    reader,
    db,
    tenantId,
    ids.map((id) => ({ id, examId })),
  );
  const others = await elsewhere(db, turn, { tenantId, ids, now });
  const terms = { ...eligibility, examId, attempts: exam?.attempts ?? 1, begins };
  return new Map(
    ids.map((id) => {
      const candidate = roster.get(id);
      const known = {
        onRoster: candidate !== undefined && !candidate.left,
        learned: new Map(learned.filter((one) => one.candidateId === id).map((one) => [one.examId, one])),
        sat: new Map(sat.filter((one) => one.candidateId === id).map((one) => [one.examId, one])),
        attemptsUsed: used({ id, examId }),
        certificateEnds: ends.get(id),
        elsewhere: others.has(id),
      };
      return [id, obstaclesOf(terms, known)];
    }),
  );
}

/** Who of these comes, or waits, at another turn of the exam that is still to be. */
async function elsewhere(
  db: Queries,
  { id, examId }: TurnRow,
  { tenantId, ids, now }: Pick<Asked, 'tenantId' | 'ids' | 'now'>,
): Promise<ReadonlySet<string>> {
  const rows = await db.query(
    `SELECT DISTINCT e.candidate_id AS id FROM turn_entries e JOIN turns t ON t.id = e.turn_id
     WHERE e.tenant_id = $1 AND e.candidate_id = ANY($2::text[]) AND e.state <> 'cancelled' AND e.turn_id <> $3
       AND t.exam_id = $4 AND t.state IN ('open', 'closed') AND t.ends_at > $5`,
    [tenantId, ids, id, examId, now.toISOString()],
  );
  return new Set(rows.map((row) => String(row.id)));
}
