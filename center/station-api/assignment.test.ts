import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  AssignmentStatement,
  paths,
  type SignedAssignment,
  UNCHANGED,
} from '../../contract/station-center/center-api.ts';
import { assignmentRevision, sha256, verifyJws } from '../../proof/index.ts';
import type { Database } from '../database/index.ts';
import { enrolStation, openEmpty, openTestCenter, type TestCenter, type TestStation } from '../testing/index.ts';

let open: TestCenter;
let station: TestStation;
/** What the database answered, and what holds an answer of it back. */
const asked: string[] = [];
let gate: Promise<void> | undefined;

/** Holds back the answer that a roster begins with. */
function watched(db: Database): Database {
  return {
    ...db,
    query: async (sql, params) => {
      const rows = await db.query(sql, params);
      asked.push(sql);
      if (sql.includes('FROM tenants')) await gate;
      return rows;
    },
  };
}

beforeAll(async () => {
  open = await openTestCenter({ database: watched(await openEmpty()) });
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
});
afterAll(() => open.close());

const ask = (headers: Record<string, string> = {}) => station.call('GET', paths.assignment, undefined, { headers });

test('a station of before gets all of it, as it is', async () => {
  const reply = await ask();
  const { assignment, signature } = reply.json<SignedAssignment>();
  expect([reply.statusCode, reply.headers['content-encoding']]).toEqual([200, undefined]);
  expect(reply.headers.etag).toBe(`"${assignmentRevision(assignment)}"`);
  const said = verifyJws(signature, 'exam-station/assignment', open.center.signer.publicKey);
  expect(said).toEqual({ hash: sha256(assignment), stationId: station.stationId });
});

test('whoever takes it packed gets it packed', async () => {
  const reply = await ask({ 'accept-encoding': 'gzip' });
  expect(reply.headers['content-encoding']).toBe('gzip');
  const { assignment } = JSON.parse(gunzipSync(reply.rawPayload).toString('utf8')) as SignedAssignment;
  expect(JSON.parse(assignment)).toMatchObject({ tenant: { id: 'tn_demo' } });
});

test('of one that the station has already the center says in its name that nothing has changed', async () => {
  const { etag = '' } = (await ask()).headers;
  const reply = await ask({ 'if-none-match': etag });
  expect([reply.statusCode, reply.body, reply.headers.etag]).toEqual([304, '', etag]);
  const jws = String(reply.headers[UNCHANGED]);
  const said = AssignmentStatement.parse(verifyJws(jws, 'exam-station/assignment', open.center.signer.publicKey));
  expect(said).toMatchObject({ hash: etag.slice(1, -1), stationId: station.stationId });
  expect(Date.parse(said.unchangedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect((await ask({ 'if-none-match': `"${'0'.repeat(64)}"` })).statusCode).toBe(200);
  expect((await ask({ 'if-none-match': '*' })).statusCode).toBe(200);
});

const readsOfRosters = () => asked.filter((sql) => sql.includes('FROM tenants')).length;

test('a station that asks again meanwhile gets what is being made for it', async () => {
  const held = Promise.withResolvers<void>();
  gate = held.promise;
  const before = readsOfRosters();
  const both = [ask(), ask()];
  await expect.poll(readsOfRosters).toBe(before + 1);
  held.resolve();
  const texts = (await Promise.all(both)).map((reply) => reply.json<SignedAssignment>().assignment);
  expect(new Set(texts).size).toBe(1);
  expect(readsOfRosters()).toBe(before + 1);
});

test('nothing more is asked of the database for a station that has gone', async () => {
  const held = Promise.withResolvers<void>();
  gate = held.promise;
  const url = await open.app.listen({ port: 0, host: '127.0.0.1' });
  const before = readsOfRosters();
  const gone = new AbortController();
  // The same that is asked here is signed there.
  const { authorization } = await signedHeaders();
  const left = fetch(new URL(paths.assignment, url), { headers: { authorization }, signal: gone.signal });
  await expect.poll(readsOfRosters).toBe(before + 1);
  gone.abort();
  await expect(left).rejects.toThrow();
  await setTimeout(100);
  const [count] = [asked.length];
  held.resolve();
  await setTimeout(300);
  expect(asked.slice(count).filter((sql) => /FROM (candidates|exams|proctors)/.test(sql))).toEqual([]);
});

async function signedHeaders(): Promise<{ authorization: string }> {
  const { signer, stationId } = station;
  const at = new Date().toISOString();
  const says = { stationId, method: 'GET', path: paths.assignment, bodyHash: sha256(''), at };
  return { authorization: `ExamStation ${signer.sign('exam-station/request', says)}` };
}
