import type { ResultWish } from '../../contract/platform/results.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import type { PersonAt } from '../people/index.ts';

/** Where a page of a list goes on: behind this result. */
export type ResultPlace = { readonly at: string; readonly logIndex: number };

export type ResultsAsked = {
  readonly tenantIds: readonly TenantId[];
  /** Of these people alone, where somebody looks for people. */
  readonly people?: readonly PersonAt[] | undefined;
  readonly wish: Omit<ResultWish, 'person' | 'below' | 'firm' | 'after'>;
  readonly after?: ResultPlace | undefined;
};

/**
 * From so many firms on, a list without a narrow filter is read along the time of all records: asking each firm for a page of its own
 * would read more than is shown. Below, and wherever a filter leaves few, each firm is asked by its own index.
 */
const MANY_FIRMS = 64;
/** Days are those of China's clock. */
const DAY = (day: string): string => `(${day}::date::timestamp AT TIME ZONE 'UTC' - interval '8 hours')`;

/** One question for a page of the results of many firms, the newest first; one more than a page, to know whether there is another. */
export function resultsQuery({ tenantIds, people, wish, after }: ResultsAsked): {
  readonly sql: string;
  readonly params: readonly unknown[];
} {
  const params: unknown[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const tenants = people
    ? `unnest(${param(people.map((one) => one.tenantId))}::text[], ${param(people.map((one) => one.candidateId))}::text[]) AS t (id, person)`
    : `unnest(${param(tenantIds)}::text[]) AS t (id)`;
  const place = after && `(${param(after.at)}::timestamptz, ${param(after.logIndex)}::bigint)`;
  const conditions = conditionsOf(wish, param);
  if (people) conditions.push('r.candidate_id = t.person');
  if (place) conditions.push(`(r.submitted_at, r.log_index) < ${place}`);
  const narrow = people !== undefined || wish.examId || wish.stationId || wish.incident || wish.doubt;
  const along = !narrow && tenantIds.length > MANY_FIRMS;
  const order = (of: string): string => `ORDER BY ${of}.submitted_at DESC, ${of}.log_index DESC LIMIT ${size}`;
  const size = wish.size + 1;
  const where = conditions.length > 0 ? ` AND ${conditions.join(' AND ')}` : '';
  const found = along
    ? `SELECT r.* FROM records r WHERE r.tenant_id = ANY($1::text[])${where} ${order('r')}`
    : `SELECT r.* FROM ${tenants} CROSS JOIN LATERAL (
         SELECT r.* FROM ${sourceOf(wish, param)}${where} ${order('r')}) r ${order('r')}`;
  const sql = `WITH page AS MATERIALIZED (${found})
    SELECT r.tenant_id AS "tenantId", r.body, r.submitted_at AS "submittedAt", r.log_index AS "logIndex",
      r.passed, b.station_id AS "stationId", j.verdict, j.settled
    FROM page r
    LEFT JOIN LATERAL (SELECT verdict, settled FROM judgements j WHERE j.tenant_id = r.tenant_id
      AND j.sitting_id = r.sitting_id LIMIT 1) j ON true
    CROSS JOIN LATERAL (SELECT station_id FROM batches b WHERE b.tenant_id = r.tenant_id AND b.id = r.batch_id LIMIT 1) b
    ORDER BY r.submitted_at DESC, r.log_index DESC`;
  return { sql, params };
}

/** What is rare is found in its own table. */
function sourceOf({ doubt, incident }: ResultsAsked['wish'], param: (value: unknown) => string): string {
  if (doubt)
    return `judgements j JOIN records r ON r.tenant_id = j.tenant_id AND r.sitting_id = j.sitting_id
      WHERE j.tenant_id = t.id AND (j.verdict = 'disputed' AND j.settled IS NULL)
        AND (j.verdict <> 'sound' OR j.settled IS NOT NULL)${incident ? withIncident(incident, param) : ''}`;
  if (incident)
    return `record_incidents i JOIN records r ON r.log_index = i.log_index
      WHERE i.tenant_id = t.id AND r.tenant_id = t.id AND i.reason = ${param(incident)}`;
  return 'records r WHERE r.tenant_id = t.id';
}

const withIncident = (incident: string, param: (value: unknown) => string): string =>
  ` AND EXISTS (SELECT 1 FROM record_incidents i WHERE i.tenant_id = r.tenant_id AND i.reason = ${param(incident)}
      AND i.submitted_at = r.submitted_at AND i.log_index = r.log_index)`;

function conditionsOf(wish: ResultsAsked['wish'], param: (value: unknown) => string): string[] {
  const { examId, stationId, mode, from, until } = wish;
  return [
    ...(examId ? [`r.exam_id = ${param(examId)}`] : []),
    ...(stationId ? [`r.station_id = ${param(stationId)}`] : []),
    ...(mode ? [`r.mode = ${param(mode)}`] : []),
    ...(from ? [`r.submitted_at >= ${DAY(`${param(from)}::text`)}`] : []),
    ...(until ? [`r.submitted_at < ${DAY(`${param(until)}::text`)} + interval '1 day'`] : []),
  ];
}
