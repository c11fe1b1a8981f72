import { z } from 'zod';
import { type Job, ResultsExport } from '../../contract/platform/jobs.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { Verdict } from '../../contract/words/findings.ts';
import { StationId, type TenantId } from '../../contract/words/ids.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { platformTranslator } from '../../messages/platform/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type Cell, exportAgain, type JobKind, orderExport, TABLE_TYPES, writeTable } from '../jobs/index.ts';
import { placesOf, tenantsWithin } from '../organisations/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { stationNames } from '../stations/index.ts';
import type { ActingAccount, System } from '../tenants/index.ts';
import { countRecords } from './read-records.ts';

/** So many records are read at once: few enough that others who ask come in between. */
const PAGE = 1_000;

/**
 * Asks for a list of the results of an organisation and all below it.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export function exportResults(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  wish: ResultsExport,
): Promise<Job> {
  const { organisationId } = wish;
  const list = `results of ${organisationId}`;
  return orderExport(actor, center, { kind: 'results-export', organisationId, asked: () => wish, list });
}

/** How such a list is made, by the program itself: whoever may not have it any more does not get the file. */
export const resultsExport = (actor: System, { db }: Pick<Center, 'db'>): JobKind => ({
  ...{ atOnce: 1, mayLag: true },
  again: exportAgain,
  async run({ asked, signal, draft, tell }) {
    const wish = ResultsExport.parse(asked);
    const place = (await placesOf(db, [wish.organisationId])).get(wish.organisationId);
    if (!place) throw new Refusal('organisation-unknown');
    const firms = await tenantsWithin(db, place.path);
    const pages = pagesOf({ actor, db, firms, wish, signal, tell });
    await writeTable(draft, wish.as, { headings: headingsIn(wish.language), pages });
    const day = (wish.to ?? wish.from ?? '').slice(0, 10);
    const name = `results${day && `-${day}`}.${wish.as}`;
    return { name, type: TABLE_TYPES[wish.as] };
  },
});

type Firm = { readonly tenantId: TenantId; readonly name: string };
type Making = {
  readonly actor: System;
  readonly db: Queries;
  readonly firms: readonly Firm[];
  readonly wish: ResultsExport;
  readonly signal: AbortSignal;
  readonly tell: (progress: number) => void;
};

/** Firm after firm, newest first. What comes in meanwhile is in front of where it is, and in no page. */
async function* pagesOf(making: Making): AsyncGenerator<readonly (readonly Cell[])[]> {
  const { actor, db, firms, wish, signal, tell } = making;
  let [done, all] = [0, 0];
  for (const { tenantId } of firms) all += await countRecords(actor, db, tenantId, 'exams');
  for (const firm of firms)
    for (let place: Place | undefined = START; place; ) {
      signal.throwIfAborted();
      const rows: readonly Row[] = await readPage(db, firm.tenantId, wish, place);
      if (rows.length > 0) yield await cellsOf(making, firm, rows);
      done += rows.length;
      tell(all > 0 ? Math.min(0.99, done / all) : 0);
      const last = rows.at(-1);
      place =
        last && rows.length === PAGE ? { at: last.submittedAt.toISOString(), logIndex: last.logIndex } : undefined;
    }
}

type Place = { readonly at: string; readonly logIndex: number };
/** Before everything: the newest record there can be. */
const START: Place = { at: 'infinity', logIndex: 0 };

const Row = z.object({
  body: z.string(),
  submittedAt: z.date(),
  logIndex: z.int(),
  stationId: StationId,
  verdict: Verdict.nullable(),
  settled: z.string().nullable(),
});
type Row = Readonly<z.infer<typeof Row>>;

/** The page behind a place, by an index. */
const exportPage = (
  tenantId: TenantId,
  { from, to, examId }: Pick<ResultsExport, 'from' | 'to' | 'examId'>,
  { at, logIndex }: Place,
): { readonly sql: string; readonly params: readonly unknown[] } => ({
  sql: `SELECT r.body, r.submitted_at AS "submittedAt", r.log_index AS "logIndex", r.station_id AS "stationId",
      (SELECT j.verdict FROM judgements j WHERE j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id) AS verdict,
      (SELECT j.settled FROM judgements j WHERE j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id) AS settled
    FROM records r WHERE r.tenant_id = $1 AND r.mode <> 'learning'
      AND (r.submitted_at, r.log_index) < ($2::timestamptz, $3::bigint)
      AND r.submitted_at >= coalesce($4::timestamptz, '-infinity') AND r.submitted_at < coalesce($5::timestamptz, 'infinity')
      AND ($6::text IS NULL OR r.exam_id = $6)
    ORDER BY r.submitted_at DESC, r.log_index DESC LIMIT ${PAGE}`,
  params: [tenantId, at, logIndex, from ?? null, to ?? null, examId ?? null],
});

function readPage(db: Queries, tenantId: TenantId, wish: ResultsExport, place: Place): Promise<readonly Row[]> {
  const { sql, params } = exportPage(tenantId, wish, place);
  return select(db, Row, sql, params);
}

const COLUMNS = [
  'firm',
  'name',
  'number',
  'exam',
  'mode',
  'station',
  'started',
  'submitted',
  'marks',
  'full',
  'pass-marks',
  'passed',
  'verdict',
  'sitting',
  'log-index',
] as const;

function headingsIn(language: Locale): readonly string[] {
  const t = platformTranslator(language);
  return COLUMNS.map((column) => t(`export.${column}`));
}

async function cellsOf(
  { actor, db, wish }: Making,
  firm: Firm,
  rows: readonly Row[],
): Promise<readonly (readonly Cell[])[]> {
  const { tenantId } = firm;
  const records = rows.map((row) => ({ ...row, record: ExamRecord.parse(JSON.parse(row.body)) }));
  const people = await candidatesByIds(
    actor,
    db,
    tenantId,
    records.map(({ record }) => record.candidateId),
  );
  const stations = await stationNames(
    actor,
    db,
    tenantId,
    rows.map(({ stationId }) => stationId),
  );
  const t = platformTranslator(wish.language);
  return records.map(({ record, stationId, verdict, settled, logIndex }) => {
    const person = people.get(record.candidateId);
    const { exam, marks, fullMarks, passMarks, passed, startedAt, submittedAt, sittingId } = record;
    return [
      ...[firm.name, person?.name ?? null, person?.number ?? null, inLocale(exam.title, wish.language)],
      ...[t(exam.mode === 'formal' ? 'export.formal' : 'export.practice'), stations.get(stationId) ?? stationId],
      ...[startedAt, submittedAt, marks, fullMarks, passMarks, t(passed ? 'export.yes' : 'export.no')],
      ...[t(`export.verdict-${settled === 'stands' || settled === 'void' ? settled : (verdict ?? 'waiting')}`)],
      ...[sittingId, logIndex],
    ];
  });
}
