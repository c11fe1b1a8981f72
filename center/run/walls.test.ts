import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Queries } from '../database/index.ts';
import {
  addOtherTenant,
  enrolStation,
  openEmpty,
  openTestCenter,
  routesOf,
  signIn,
  signInAt,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

/** How every use case finds what is of one firm: here it forgets to, where it is made to. */
const forgetful = (sql: string): string =>
  sql.replaceAll(/(?:\b\w+\.)?\btenant_id = \$(\d+)/g, '$$$1::text IS NOT NULL');

let forgets = false;
const asks = (on: Queries): Queries['query'] => {
  return (sql, params) => on.query(forgets ? forgetful(sql) : sql, params);
};
const sabotaged = (db: Database): Database => ({
  ...db,
  query: asks(db),
  transaction: (work) => db.transaction((tx) => work({ query: asks(tx) })),
  as: (scope) => sabotaged(db.as(scope)),
});

/** Nowhere but with the other firm. */
const THEIRS = '隔墙有耳';
const NUMBER = '110105198001010016';

type Walked = {
  readonly open: TestCenter;
  readonly station: TestStation;
  readonly cookie: string;
  readonly learner: string;
};
const opened: TestCenter[] = [];
async function openWith(walls: boolean): Promise<Walked> {
  const db = sabotaged(await openEmpty());
  const open = await openTestCenter({ database: walls ? db : { ...db, raiseWalls: async () => false } });
  opened.push(open);
  const { app, secrets, center } = open;
  const station = await enrolStation(app, secrets.enrolmentCode);
  const other = await addOtherTenant(open, 'tn_other', THEIRS);
  await enrolStation(app, other.code, THEIRS);
  const learner = (await signInAt(open, NUMBER)).cookie;
  await signIn(app, other.token);
  // What they have of their own beside that: copies of what the first firm has, under the name by which they are found.
  for (const [table, named] of Object.entries(COPIED)) await copy(center.db, table, named);
  return { open, station, learner, cookie: await signIn(app, secrets.operatorToken) };
}

/** Tables, and what in them holds the name. */
const COPIED = { banks: 'body', exams: 'body', photos: '', candidates: 'name', candidate_exams: '', proctors: 'name' };
async function copy(db: Queries, table: string, named: string): Promise<void> {
  const columns = await db.query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY 1`,
    [table],
  );
  const names = columns.map(({ name }) => String(name));
  const value = (name: string): string => {
    if (name === 'tenant_id') return "'tn_other'";
    if (name !== named) return name;
    return named === 'body' ? `replace(body, '"zh": "', '"zh": "${THEIRS}')` : `'${THEIRS}'`;
  };
  await db.query(
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map(value).join(', ')} FROM ${table} WHERE tenant_id <> 'tn_other'`,
  );
}

let walled: Walked;
let open: Walked;
beforeAll(async () => {
  walled = await openWith(true);
  open = await openWith(false);
}, 60_000);
afterAll(async () => {
  forgets = false;
  for (const one of opened) await one.close();
});

type Kind = 'operator' | 'visitor' | 'station' | 'learner';
function ask({ open: { app, secrets }, station, cookie, learner }: Walked, kind: Kind, url: string) {
  if (kind === 'station') return station.call('GET', url);
  const headers = {
    operator: { authorization: `Bearer ${secrets.operatorToken}` },
    visitor: { cookie },
    learner: { cookie: learner },
  };
  return app.inject({ url, headers: headers[kind] });
}

/** What the other firm’s name, or its id, shows in, of all that there is to look at. */
async function leaks(center: Walked, kind: Kind): Promise<readonly string[]> {
  const routes = routesOf(center.open.app).filter((route) => route.startsWith('GET ') && !/[:*]/.test(route));
  const found: string[] = [];
  for (const route of routes) {
    const { body } = await ask(center, kind, route.slice('GET '.length));
    if (body.includes(THEIRS) || body.includes('tn_other')) found.push(route);
  }
  return found;
}

describe('where every use case has forgotten whose things it looks for', () => {
  beforeAll(() => {
    forgets = true;
  });
  afterAll(() => {
    forgets = false;
  });

  test.each(['operator', 'visitor', 'station', 'learner'] as const)('%s is shown nothing of others', async (kind) => {
    expect(await leaks(walled, kind)).toEqual([]);
  });

  test('without walls it would show', async () => {
    expect((await leaks(open, 'operator')).length).toBeGreaterThan(3);
    expect((await leaks(open, 'visitor')).length).toBeGreaterThan(0);
    expect((await leaks(open, 'station')).length).toBeGreaterThan(0);
  });
});

const TABLES = `SELECT c.relname AS name, c.relrowsecurity AS walled,
    EXISTS (SELECT 1 FROM pg_policies p WHERE p.tablename = c.relname AND p.cmd = 'ALL'
      AND p.qual LIKE '%tenant_id IN ( SELECT%exam.tenants%') AS bound
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`;

describe('the walls', () => {
  test('stand around every table that says whose its rows are: a new one has wallOf(…) in its migration', async () => {
    const tables = await walled.open.center.db.query(TABLES);
    expect(tables.length).toBeGreaterThan(60);
    expect(tables.filter((table) => table.bound !== true || table.walled !== true)).toEqual([]);
  });

  test('show each firm its own rows, of whatever table, and nobody any', async () => {
    const { db } = walled.open.center;
    let both = 0;
    for (const { name } of await db.query(TABLES)) {
      const sql = `SELECT DISTINCT tenant_id FROM ${name} WHERE tenant_id <> '' ORDER BY 1`;
      const of = async (on: Queries) => (await on.query(sql)).map((row) => row.tenant_id);
      if ((await of(db)).length > 1) both += 1;
      const theirs = await of(db.as(['tn_other']));
      expect(
        theirs.filter((id) => id !== 'tn_other'),
        String(name),
      ).toEqual([]);
      expect(await of(db.as([])), String(name)).toEqual([]);
    }
    expect(both).toBeGreaterThan(10);
  });

  test('let nobody add or change what is another firm’s', async () => {
    const db = walled.open.center.db.as(['tn_other']);
    const [ours] = await walled.open.center.db.query(
      "SELECT tenant_id AS id FROM tenants WHERE tenant_id <> 'tn_other'",
    );
    await expect(
      db.query("INSERT INTO banks (tenant_id, id, body) VALUES ($1, 'bk_x', '{}')", [ours?.id]),
    ).rejects.toThrow('row-level security');
    await expect(db.query('UPDATE proctors SET tenant_id = $1', [ours?.id])).rejects.toThrow('row-level security');
    expect(await db.query('DELETE FROM proctors WHERE tenant_id = $1 RETURNING id', [ours?.id])).toEqual([]);
    expect(await db.query('UPDATE tenants SET name = name RETURNING tenant_id')).toEqual([{ tenant_id: 'tn_other' }]);
  });

  test('end with the transaction: whoever comes next has all before them', async () => {
    const { db } = walled.open.center;
    await db.as(['tn_other']).transaction(async (tx) => {
      expect(await tx.query('SELECT current_user::text AS who')).toEqual([{ who: 'exam_center_walled' }]);
    });
    await expect(db.as(['tn_other']).query('SELECT no_such_thing')).rejects.toThrow();
    expect(await db.query('SELECT count(*) AS firms FROM tenants')).toEqual([{ firms: 2 }]);
  });

  test('are asked within ids alone', async () => {
    await expect(async () => walled.open.center.db.as(["'; DROP TABLE records"]).query('SELECT 1')).rejects.toThrow(
      'no id',
    );
  });
});
