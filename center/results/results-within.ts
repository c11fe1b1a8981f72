import { z } from 'zod';
import { Decision } from '../../contract/people-center/disputes.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { type ListedResult, type ResultWish, SEE_RESULTS } from '../../contract/platform/results.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { maskCitizenNumber } from '../../contract/words/citizen-number.ts';
import { Verdict } from '../../contract/words/findings.ts';
import { Instant, instant, StationId, TenantId } from '../../contract/words/ids.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type FirmWithin, firmsWithin } from '../organisations/index.ts';
import { findPeopleWithin, peopleWithin, personKey } from '../people/index.ts';
import { namesOfStations } from '../stations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
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

const After = z.tuple([Instant, z.int()]);

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
  return records.map(({ record, tenantId, ...row }) => {
    const known = people.get(personKey({ tenantId, candidateId: record.candidateId }));
    const firm = firms.get(tenantId) as FirmWithin;
    const { sittingId, candidateId, marks, fullMarks, passMarks, submittedAt } = record;
    return {
      ...{ logIndex: row.logIndex, organisationId: firm.id, firm: firm.name, sittingId, candidateId },
      ...{ name: known?.name ?? null, number: known ? maskCitizenNumber(known.number) : null },
      exam: { id: record.exam.id, title: record.exam.title, mode: record.exam.mode },
      ...{ marks, fullMarks, passMarks, passed: record.passed, submittedAt },
      station: { id: row.stationId, name: stations.get(row.stationId) ?? row.stationId },
      ...{ incidents: record.incidents.length, verdict: row.verdict, settled: row.settled },
    };
  });
}
