import { z } from 'zod';
import { Decision } from '../../contract/people-center/disputes.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { type ListedResult, type ResultWish, SEE_RESULTS } from '../../contract/platform/results.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import type { PersonFacts } from '../../contract/records/person-file.ts';
import { AskedInstant } from '../../contract/words/asked-times.ts';
import { Verdict } from '../../contract/words/findings.ts';
import { maskIdNumber } from '../../contract/words/id-number.ts';
import { instant, StationId, TenantId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type FirmWithin, firmsWithin } from '../organisations/index.ts';
import { findPeopleWithin, type PersonAt, peopleWithin, personKey } from '../people/index.ts';
import { namesOfStations } from '../stations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { correctedMarks } from './corrections.ts';
import { resultsQuery } from './results-query.ts';

const Row = z.object({
  tenantId: TenantId,
  body: z.string(),
  submittedAt: z.date(),
  logIndex: z.int(),
  passed: z.boolean(),
  stationId: StationId,
  verdict: Verdict.nullable(),
  settled: Decision.nullable(),
});
type Row = z.infer<typeof Row>;

const After = z.tuple([AskedInstant, z.int()]);

/** Results of the firms within reach, the newest first. That somebody looked is written down before they see it. */
export async function listResults(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
  wish: ResultWish,
): Promise<{ readonly rows: readonly ListedResult[]; readonly next: Cursor | null }> {
  const firms = await firmsWithin(actor, db, SEE_RESULTS, { below: wish.below, name: wish.firm });
  const tenantIds = firms.map(({ tenantId }) => tenantId);
  const people = wish.person ? await findPeopleWithin(db, tenantIds, wish.person) : undefined;
  const [at, logIndex] = wish.after ? readCursor(wish.after, After) : [];
  const after = at !== undefined && logIndex !== undefined ? { at, logIndex } : undefined;
  const only = tenantIds.length === 1 ? (tenantIds[0] ?? null) : null;
  await noteDone(actor, db, { tenantId: only, what: 'looked', subject: { kind: 'list', id: 'results' } });
  const { sql, params } = resultsQuery({ tenantIds, people, wish, after });
  const rows = await select(db, Row, sql, params);
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  const more = rows.length > wish.size && last !== undefined;
  return {
    rows: await listed(db, new Map(firms.map((firm) => [firm.tenantId, firm])), page),
    next: more ? cursorOf([instant(last.submittedAt), last.logIndex]) : null,
  };
}

/** Some results as a list shows them, by their places, for whoever was told which firms somebody sees. */
export async function listedAt(
  db: Queries,
  firms: readonly FirmWithin[],
  logIndexes: readonly number[],
): Promise<ReadonlyMap<number, ListedResult>> {
  const rows = await select(db, Row, LISTED, [firms.map(({ tenantId }) => tenantId), logIndexes]);
  const shown = await listed(db, new Map(firms.map((firm) => [firm.tenantId, firm])), rows);
  return new Map(shown.map((one) => [one.logIndex, one]));
}

/** So many results are in one person's file: more than anybody sits. */
const MOST_OF_ONE = 2_000;

/** What these people sat and studied, the newest first, for whoever has found out whom somebody may see. */
export async function recordsOfPeople(
  db: Queries,
  firms: readonly FirmWithin[],
  people: readonly PersonAt[],
): Promise<PersonFacts['results']> {
  const { sql, params } = resultsQuery({ tenantIds: [], people, wish: { size: MOST_OF_ONE } });
  const rows = await select(db, Row, sql, params);
  const shown = await listed(db, new Map(firms.map((firm) => [firm.tenantId, firm])), rows);
  return shown.map((one, at) => {
    const { tenantId, body } = rows[at] as Row;
    const { sittingId, logIndex, exam, submittedAt, marks, corrected, fullMarks, passed, verdict, settled } = one;
    const incidents = ExamRecord.parse(JSON.parse(body)).incidents.map(({ reason }) => reason);
    const said = { submittedAt, marks, corrected, fullMarks, passed, incidents, verdict, settled };
    return { tenantId, sittingId, recordHash: sha256(body), logIndex, exam, ...said };
  });
}

const LISTED = `SELECT r.tenant_id AS "tenantId", r.body, r.submitted_at AS "submittedAt", r.log_index AS "logIndex",
    r.passed, b.station_id AS "stationId", j.verdict, j.settled
  FROM records r JOIN batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
  LEFT JOIN judgements j ON j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id
  WHERE r.log_index = ANY($2::bigint[]) AND r.tenant_id = ANY($1::text[])`;

/** As a list shows them: every table is asked once, however many firms they are of. */
async function listed(
  db: Queries,
  firms: ReadonlyMap<TenantId, FirmWithin>,
  rows: readonly Row[],
): Promise<readonly ListedResult[]> {
  const records = rows.map((row) => ({ ...row, record: ExamRecord.parse(JSON.parse(row.body)) }));
  const people = await peopleWithin(
    db,
    records.map(({ tenantId, record: { candidateId } }) => ({ tenantId, candidateId })),
  );
  const stations = await namesOfStations(
    db,
    rows.map(({ stationId }) => stationId),
  );
  const corrected = await correctedMarks(
    db,
    rows.map(({ logIndex }) => logIndex),
  );
  return records.map(({ record, tenantId, ...row }) => {
    const known = people.get(personKey({ tenantId, candidateId: record.candidateId }));
    const firm = firms.get(tenantId) as FirmWithin;
    const { sittingId, candidateId, marks, fullMarks, passMarks, submittedAt } = record;
    return {
      ...{ logIndex: row.logIndex, organisationId: firm.id, firm: firm.name, sittingId, candidateId },
      ...{ name: known?.name ?? null, number: known ? maskIdNumber(known.number) : null },
      exam: { id: record.exam.id, title: record.exam.title, mode: record.exam.mode },
      ...{
        marks,
        fullMarks,
        passMarks,
        passed: row.passed,
        submittedAt,
        corrected: corrected.get(row.logIndex) ?? null,
      },
      station: { id: row.stationId, name: stations.get(row.stationId) ?? row.stationId },
      ...{ incidents: record.incidents.length, verdict: row.verdict, settled: row.settled },
    };
  });
}
