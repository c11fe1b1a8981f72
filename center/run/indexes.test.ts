import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { platformApi } from '../../contract/platform/api.ts';
import type { Endpoint } from '../../contract/platform/endpoint.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { type Database, type Queries, type Scope, wayNow } from '../database/index.ts';
import { ROOT } from '../organisations/index.ts';
import { openJudging } from '../results/index.ts';
import { demoBank } from '../seed/index.ts';
import {
  accountAt,
  addPlace,
  batchOf,
  enrolStation,
  openEmpty,
  openTestCenter,
  platformOf,
  soundRecordOf,
  type TestCenter,
} from '../testing/index.ts';

/**
 * Every question that a page of the platform asks within walls finds its rows by an index: conditions that could give something away,
 * such as any function of a column, are held against rows only after the wall, and no index helps with them.
 */
type Question = { readonly scope: Scope; readonly sql: string; readonly params: readonly unknown[] };
const asked = new Map<string, Question>();
let listens = false;

const heard = (on: Queries, scopeNow: () => Scope): Queries['query'] => {
  return (sql, params) => {
    const scope = scopeNow();
    if (listens && scope !== '*' && /^\s*(SELECT|WITH)\b/.test(sql))
      asked.set(sql, { scope, sql, params: params ?? [] });
    return on.query(sql, params);
  };
};
const listening = (db: Database, scopeNow: () => Scope = () => wayNow().scope ?? '*'): Database => ({
  ...db,
  query: heard(db, scopeNow),
  transaction: (work) => db.transaction((tx) => work({ query: heard(tx, scopeNow) })),
  as: (scope) => listening(db.as(scope), () => scope),
});

let open: TestCenter;
/** Of the demonstration's firm, which lies in a county. */
let firm: string;
let ids: Readonly<Record<string, string>>;
beforeAll(async () => {
  open = await openTestCenter({ database: listening(await openEmpty()) });
  const { app, center, secrets } = open;
  const station = await enrolStation(app, secrets.enrolmentCode);
  const { exams, proctors } = await station.assignment();
  const exam = exams.find(({ id }) => id === 'ex_demo') as Exam;
  const records = [1, 2].map((nth) =>
    soundRecordOf(station, { exam, bank: demoBank(), nth, at: new Date(), candidateId: `cd_demo-${nth}` }),
  );
  await station.call('POST', paths.batches, await batchOf(station, records));
  await openJudging({ kind: 'system' }, center, () => {}).all();
  const [row] = await center.db.query('SELECT id FROM organisations WHERE tenant_id = $1', [station.tenantId]);
  const [logged] = await center.db.query('SELECT log_index AS at FROM records');
  firm = String(row?.id);
  ids = {
    ...{ workers: 'cd_demo-1', proctors: String(proctors[0]?.id), stations: station.stationId, planning: firm },
    ...{ organisationId: firm, candidateId: 'cd_demo-1', logIndex: String(logged?.at) },
  };
}, 120_000);
afterAll(() => open.close());

/** What lists are asked with besides. */
const QUERIES: readonly string[] = ['', 'from=2026-01&to=2026-03&grouping=firm', 'search=%E5%BC%A0', 'search=1101'];

/** @returns how often there was an answer */
async function askEverything(): Promise<number> {
  const { app, ask } = platformOf(open);
  const county = OrganisationId.parse(await addPlace(open.center.db, 'og_county', 'county'));
  const admin = await accountAt(open, 'platform', ROOT);
  const url = `/v1/platform/organisations/${firm}/move`;
  await ask(admin, { method: 'POST', url, payload: { parentId: county } });
  let answered = 0;
  listens = true;
  for (const [role, at] of [
    ['firm', firm],
    ['inspector', county],
    ['bureau', county],
  ] as const) {
    const actor = await accountAt(open, role, OrganisationId.parse(at));
    for (const path of looked) {
      for (const query of QUERIES)
        if ((await ask(actor, { method: 'GET', url: `${path()}?${query}` })).statusCode === 200) answered += 1;
    }
  }
  listens = false;
  await app.close();
  return answered;
}

/** Where whatever is shown is shown. */
const looked: readonly (() => string)[] = Object.entries(platformApi).flatMap(([domain, endpoints]) =>
  Object.values<Endpoint>(endpoints)
    .filter(({ method }) => method === 'GET')
    .map(
      ({ path }) =>
        () =>
          path.replace(':firm', firm).replaceAll(/:(\w+)/g, (_, name) => ids[name] ?? ids[domain] ?? firm),
    ),
);

type Step = { readonly [name: string]: unknown; readonly Plans?: readonly Step[] };
const Plan: z.ZodType<Step> = z.record(z.string(), z.unknown());
const Explained = z.array(z.object({ Plan }));

/** One for each key that a center ever had, and the center itself. */
const FEW = ['center_keys', 'center'];

/** Where rows are looked at one by one; what is read only as far as a page goes is no such place. */
function walked(step: Step, limited = false): readonly string[] {
  const type = String(step['Node Type']);
  const table = step['Relation Name'];
  const found = step['Index Cond'] !== undefined || step['Recheck Cond'] !== undefined;
  const here =
    typeof table === 'string' && !FEW.includes(table) && !found && !(limited && type.startsWith('Index'))
      ? [`${type} on ${table}`]
      : [];
  const within = limited || type === 'Limit';
  return [...here, ...(step.Plans ?? []).flatMap((one) => walked(one, within && type !== 'Sort'))];
}

async function planOf({ scope, sql, params }: Question): Promise<readonly string[]> {
  const rows = await open.center.db.as(scope).transaction(async (tx) => {
    await tx.query('SET LOCAL enable_seqscan = off');
    return tx.query(`EXPLAIN (FORMAT JSON) ${sql}`, params);
  });
  const said = rows[0]?.['QUERY PLAN'];
  const explained = Explained.parse(typeof said === 'string' ? JSON.parse(said) : said);
  return explained.flatMap(({ Plan: plan }) => walked(plan));
}

test('every question of a page is answered by an index, within walls too', async () => {
  expect(await askEverything()).toBeGreaterThan(60);
  const bad: string[] = [];
  for (const question of asked.values()) {
    const steps = await planOf(question);
    if (steps.length > 0)
      bad.push(`${[...new Set(steps)].join(', ')}: ${question.sql.replaceAll(/\s+/g, ' ').slice(0, 400)}`);
  }
  expect(asked.size).toBeGreaterThan(40);
  expect(bad).toEqual([]);
}, 120_000);
