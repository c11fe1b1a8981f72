import { z } from 'zod';
import type { ExamRecord } from '../../contract/records/index.ts';
import {
  CandidateId,
  ExamId,
  Instant,
  LessonId,
  SittingId,
  type StationId,
  type TenantId,
} from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { type Finding as Doubt, findingsOfRecords } from '../stations/index.ts';
import type { System } from '../tenants/index.ts';
import type { Circumstances, Finding, LedgerPlace, StudiedBefore } from './judge/index.ts';
import { meanwhileOf } from './meanwhile.ts';
import { seedKey } from './seed-key.ts';
import { COUNTS, IS_VOID } from './standing.ts';

/** A record that waits to be judged, and its place in the log. */
export type Waiting = {
  readonly record: ExamRecord;
  readonly stationId: StationId;
  readonly logIndex: number;
  readonly receivedAt: Instant;
};

/** Of which run of an exam a record is: one that went on elsewhere is of that which it continues. */
export const runOf = ({ continues, sittingId }: Pick<ExamRecord, 'continues' | 'sittingId'>): SittingId =>
  continues?.root ?? sittingId;

type Around = Omit<Circumstances, 'receivedAt' | 'certifiedAt'>;

/** What the records that were logged before say of each of these; for all of one firm at once. */
export async function gatherCircumstances(
  actor: System,
  tx: Queries,
  tenantId: TenantId,
  waiting: readonly Waiting[],
): Promise<(one: Waiting) => Around> {
  const runs = await runsOf(tx, tenantId, waiting);
  const records = waiting.map(({ record }) => record);
  const meanwhile = await meanwhileOf(tx, tenantId, records);
  const forms = await formsOf(tx, tenantId, waiting);
  const places = await placesOf(tx, waiting);
  const studies = await studiesOf(tx, tenantId, waiting);
  const revealed = await seriesOf(tx, tenantId, waiting);
  const ids = records.map(({ sittingId }) => sittingId);
  const doubts = await findingsOfRecords(actor, tx, tenantId, ids);
  return (one) => {
    const { record, logIndex } = one;
    const run = runOf(record);
    return {
      runsBefore: runs(one).filter((other) => other.run !== run && other.logIndex < logIndex).length,
      meanwhile: meanwhile(record, run),
      formTwice: forms(one).some((other) => other.run !== run && other.logIndex < logIndex),
      ...(places.get(record.sittingId) ?? { placeTaken: false }),
      studied: studies(one),
      onArrival: (doubts.get(record.sittingId) ?? []).flatMap(asDispute),
      series: revealed.get(committedIn(record)),
    };
  };
}

/** What contradicts what was seen is disputed; what came late, or by a clock that was set, is a remark. */
const Contradiction = z.enum(['ledger-rewritten', 'time-contradicted']);

function asDispute({ reason, detail }: Doubt): readonly Finding[] {
  const { data: code } = Contradiction.safeParse(reason);
  return code ? [{ code, detail }] : [];
}

const Run = z.object({ candidateId: CandidateId, examId: ExamId, run: z.string(), logIndex: z.int() });

/** Formal runs of each candidate at each exam, by the first record of each; those that somebody voided are none. */
async function runsOf(tx: Queries, tenantId: TenantId, waiting: readonly Waiting[]) {
  const formal = waiting.filter(({ record }) => record.exam.mode === 'formal').map(({ record }) => record);
  if (formal.length === 0) return () => [];
  const rows = await select(
    tx,
    Run,
    `SELECT candidate_id AS "candidateId", exam_id AS "examId", coalesce(root, sitting_id) AS run,
       min(log_index) AS "logIndex"
     FROM records r WHERE tenant_id = $1 AND mode = 'formal'
       AND (candidate_id, exam_id) IN (SELECT DISTINCT * FROM unnest($2::text[], $3::text[]))
       AND NOT ${IS_VOID}
     GROUP BY candidate_id, exam_id, coalesce(root, sitting_id)`,
    [tenantId, formal.map(({ candidateId }) => candidateId), formal.map(({ exam }) => exam.id)],
  );
  const by = Map.groupBy(rows, ({ candidateId, examId }) => `${candidateId} ${examId}`);
  return ({ record }: Waiting) => by.get(`${record.candidateId} ${record.exam.id}`) ?? [];
}

type Form = { readonly seed: string; readonly run: string; readonly logIndex: number };

async function formsOf(tx: Queries, tenantId: TenantId, waiting: readonly Waiting[]) {
  const rows = await select(
    tx,
    z.object({ seed: z.string(), run: z.string(), logIndex: z.int() }),
    'SELECT seed, run, log_index AS "logIndex" FROM judgements WHERE tenant_id = $1 AND seed = ANY($2::text[])',
    [tenantId, waiting.map(({ record }) => seedKey(record.form.seed))],
  );
  const here = waiting.map(
    ({ record, logIndex }): Form => ({ seed: seedKey(record.form.seed), run: runOf(record), logIndex }),
  );
  const by = Map.groupBy([...rows, ...here], ({ seed }: Form) => seed);
  return ({ record }: Waiting): readonly Form[] => by.get(seedKey(record.form.seed)) ?? [];
}

const Neighbours = z.object({
  sittingId: SittingId,
  taken: z.boolean(),
  below: z.int().nullable(),
  belowAt: Instant.nullable(),
  above: z.int().nullable(),
  aboveAt: Instant.nullable(),
});
type Neighbours = z.infer<typeof Neighbours>;

const neighbour = (comparison: '<' | '>', order: 'DESC' | 'ASC', name: string): string =>
  `LEFT JOIN LATERAL (SELECT j.sequence, j.submitted_at FROM judgements j
     WHERE j.station_id = q.station AND j.sequence ${comparison} q.sequence AND j.log_index < q.log_index
       AND j.verdict <> 'disputed' ORDER BY j.sequence ${order} LIMIT 1) ${name} ON true`;

/** The places next to each in the ledger of its station. What is itself disputed says nothing about another. */
async function placesOf(
  tx: Queries,
  waiting: readonly Waiting[],
): Promise<ReadonlyMap<SittingId, Pick<Around, 'below' | 'above' | 'placeTaken'>>> {
  const rows = await select(
    tx,
    Neighbours,
    `SELECT q.sitting AS "sittingId", b.sequence AS below, b.submitted_at AS "belowAt", a.sequence AS above,
       a.submitted_at AS "aboveAt",
       EXISTS (SELECT 1 FROM judgements j WHERE j.station_id = q.station AND j.sequence = q.sequence
         AND j.log_index < q.log_index) AS taken
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS q(sitting, station, sequence, log_index)
     ${neighbour('<', 'DESC', 'b')} ${neighbour('>', 'ASC', 'a')}`,
    [
      waiting.map(({ record }) => record.sittingId),
      waiting.map(({ stationId }) => stationId),
      waiting.map(({ record }) => record.ledger.sequence),
      waiting.map(({ logIndex }) => logIndex),
    ],
  );
  return new Map(rows.map((row) => [row.sittingId, placeIn(row)]));
}

function placeIn({ taken, below, belowAt, above, aboveAt }: Neighbours) {
  return {
    placeTaken: taken,
    ...(below !== null && belowAt ? { below: { sequence: below, submittedAt: belowAt } } : {}),
    ...(above !== null && aboveAt ? { above: { sequence: above, submittedAt: aboveAt } } : {}),
  };
}

/** With those of the same handful, which are in no table yet. */
export function withJudged(
  { below, above, placeTaken }: Pick<Circumstances, 'below' | 'above' | 'placeTaken'>,
  sequence: number,
  judged: readonly (LedgerPlace & { readonly disputed: boolean })[],
): Pick<Circumstances, 'below' | 'above' | 'placeTaken'> {
  const fair = judged.filter(({ disputed }) => !disputed);
  const under = [...(below ? [below] : []), ...fair.filter((one) => one.sequence < sequence)];
  const over = [...(above ? [above] : []), ...fair.filter((one) => one.sequence > sequence)];
  return {
    placeTaken: placeTaken || judged.some((one) => one.sequence === sequence),
    below: under.toSorted((a, b) => b.sequence - a.sequence)[0],
    above: over.toSorted((a, b) => a.sequence - b.sequence)[0],
  };
}

const Studied = z.object({ candidateId: CandidateId, examId: ExamId, logIndex: z.int(), body: z.string() });
/** As far as it matters here; the record was parsed when it came in. */
const Lessons = z.object({
  learning: z.object({
    lessons: z.array(z.object({ lessonId: LessonId, total: z.number(), complete: z.boolean() })),
  }),
});

async function studiesOf(
  tx: Queries,
  tenantId: TenantId,
  waiting: readonly Waiting[],
): Promise<(one: Waiting) => StudiedBefore> {
  const learners = waiting.filter(({ record }) => record.exam.mode === 'learning').map(({ record }) => record);
  if (learners.length === 0) return () => new Map();
  const rows = await select(
    tx,
    Studied,
    `SELECT candidate_id AS "candidateId", exam_id AS "examId", log_index AS "logIndex", body
     FROM records r WHERE tenant_id = $1 AND mode = 'learning'
       AND (candidate_id, exam_id) IN (SELECT DISTINCT * FROM unnest($2::text[], $3::text[]))
       AND ${COUNTS}`,
    [tenantId, learners.map(({ candidateId }) => candidateId), learners.map(({ exam }) => exam.id)],
  );
  const read = rows.map(({ body, ...row }) => ({ ...row, ...Lessons.parse(JSON.parse(body)).learning }));
  const by = Map.groupBy(read, ({ candidateId, examId }) => `${candidateId} ${examId}`);
  return ({ record, logIndex }) => {
    const before = new Map<LessonId, { readonly seconds: number; readonly complete: boolean }>();
    for (const one of by.get(`${record.candidateId} ${record.exam.id}`) ?? []) {
      if (one.logIndex >= logIndex) continue;
      for (const { lessonId, total, complete } of one.lessons) {
        const known = before.get(lessonId);
        const seconds = Math.max(known?.seconds ?? 0, total);
        before.set(lessonId, { seconds, complete: complete || known?.complete === true });
      }
    }
    return before;
  };
}

/** What a seed commits to, without its number. */
const committedIn = ({ form }: ExamRecord): string => seedKey(form.seed).split('/', 1)[0] ?? '';

async function seriesOf(
  tx: Queries,
  tenantId: TenantId,
  waiting: readonly Waiting[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await select(
    tx,
    z.object({ commitment: z.string(), series: z.string() }),
    'SELECT commitment, series FROM revealed_series WHERE tenant_id = $1 AND commitment = ANY($2::text[])',
    [tenantId, [...new Set(waiting.map(({ record }) => committedIn(record)))]],
  );
  return new Map(rows.map(({ commitment, series }) => [commitment, series]));
}
