import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type CommandReply, operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { CandidateId, type Instant, instant, SittingId } from '../../contract/words/ids.ts';
import { hashOf, sha256, signRotation } from '../../proof/index.ts';
import { select } from '../database/index.ts';
import {
  batchOf,
  enrolStation,
  enrolWith,
  newCode,
  newSigner,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

/** Whoever saw the requests of stations sends them again, each at once and once more when all has gone on. */
let open: TestCenter;
let [here, there, keyed]: TestStation[] = [];

beforeAll(async () => {
  open = await openTestCenter();
  here = await enrolStation(open.app, open.secrets.enrolmentCode);
  there = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '二号考站');
  keyed = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '四号考站');
});
afterAll(() => open.close());

/**
 * When something was heard last says nothing of what was said. By that a claim holds for another minute, and a seat for as long as a
 * request can be sent again: docs/proof.md says so. So does when an address tried a code last.
 */
const HEARD = ['heard_at', 'claimed_at', 'holds_until', 'last_at', 'free_at'];

/** All that the center keeps, table by table, but when it was heard. */
async function kept(): Promise<Readonly<Record<string, string>>> {
  const { db } = open.center;
  const names = await select(
    db,
    z.object({ name: z.string() }),
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  );
  const all: [string, string][] = [];
  for (const { name } of names) {
    const rows = await select(
      db,
      z.object({ row: z.string() }),
      `SELECT (to_jsonb(t) - $1::text[])::text AS row FROM "${name}" t ORDER BY 1`,
      [HEARD],
    );
    all.push([name, hashOf(rows.map(({ row }) => row))]);
  }
  return Object.fromEntries(all);
}

type Sent = { readonly what: string; readonly path: string; readonly send: () => Promise<unknown> };

let said = Date.now() - 60_000;
/** A request as the station signs it: sent again it is the same to the last byte. */
function request(station: TestStation | undefined, what: string, path: string, body: object): Sent {
  said += 1_000;
  const at: Instant = instant(new Date(said));
  return {
    ...{ what, path },
    send: async () => {
      const reply = await station?.call('POST', path, body, { statement: { at } });
      expect([what, reply?.statusCode]).toEqual([what, 200]);
      return reply?.json();
    },
  };
}

const readiness = (sequence: number) => ({
  ...{ status: 'READY', at: instant(new Date()), checks: [] },
  ledger: { sequence, head: sha256(`line ${sequence}`) },
});
const [MOVED, GONE_ON, NEXT] = ['si_moved', 'si_gone-on', 'si_next'].map((id) => SittingId.parse(id));
const [FIRST, SECOND] = ['cd_demo-1', 'cd_demo-2'].map((id) => CandidateId.parse(id));
const examId = 'ex_demo';

async function command(): Promise<string> {
  const wish = { examId, pin: open.secrets.proctorPin, action: { kind: 'unlock' }, seconds: 60 };
  const reply = await open.app.inject({
    ...{ method: 'POST', url: operatorPaths.commands, payload: { ...wish, stationId: here?.stationId } },
    headers: { authorization: `Bearer ${open.secrets.operatorToken}` },
  });
  const [{ id = '' } = {}] = reply.json<CommandReply>().commands;
  return id;
}

/** A day of two stations, in order: each step is what one of them says next. */
/** An inspector has asked this station for pictures of a sitting. @returns where it answers */
async function evidenceWish({ stationId, tenantId }: TestStation): Promise<string> {
  await open.center.db.query(
    `INSERT INTO evidence_wishes (id, tenant_id, log_index, sitting_id, station_id, account_id, by_name, reason, key, jws, entry_index,
       asked_at, expires_at)
     VALUES ('ew_replayed', $1, 0, $2, $3, 'ap_x', 'x', 'x', $4, 'x', 0, now(), now() + interval '1 day') ON CONFLICT DO NOTHING`,
    [tenantId, MOVED, stationId, Buffer.alloc(32, 1).toString('base64url')],
  );
  return paths.evidence('ew_replayed');
}

async function day(): Promise<readonly Sent[]> {
  const [a, b] = [here as TestStation, there as TestStation];
  const begins = (state: string, sittingId = MOVED, candidateId = FIRST) => ({ sittingId, candidateId, examId, state });
  const rescue = { to: b.stationId, sittingId: MOVED, candidateId: FIRST, examId };
  const file = Buffer.from('sealed').toString('base64');
  const outcome = paths.outcome(await command());
  const enrolled = await newCode(open.app, open.secrets.operatorToken);
  const signer = newSigner();
  const { stationId, signer: former } = keyed as TestStation;
  const wish = await evidenceWish(a);
  const statement = { stationId, centerKey: open.center.signer.publicKey, at: instant(new Date()) };
  const payload = signRotation({ former, next: newSigner() }, statement);
  return [
    {
      ...{ what: 'enrolment', path: paths.enrol },
      send: async () => (await enrolWith(open.app, enrolled, signer, '三号考站')).json(),
    },
    {
      ...{ what: 'another key', path: paths.rotation },
      send: async () => {
        const reply = await open.app.inject({ method: 'POST', url: paths.rotation, payload });
        expect(['another key', reply.statusCode]).toEqual(['another key', 200]);
      },
    },
    request(a, 'readiness', paths.readiness, readiness(3)),
    request(a, 'time', paths.time, { nonce: sha256('nonce') }),
    request(a, 'asking', paths.beginnings, begins('asking')),
    request(a, 'begun', paths.beginnings, begins('begun')),
    request(a, 'outcome', outcome, { outcome: 'not-allowed-now' }),
    request(a, 'another outcome', outcome, { outcome: 'done' }),
    request(a, 'pictures there are', wish, {
      kind: 'list',
      pictures: [{ of: 'check-in', picture: sha256('picture') }],
    }),
    request(a, 'picture erased', wish, { kind: 'erased', of: 'check-in' }),
    request(a, 'rescue file', paths.rescues, { ...rescue, file }),
    request(b, 'about to go on', paths.claims, { sittingId: MOVED, begun: false }),
    request(b, 'goes on', paths.claims, { sittingId: MOVED }),
    request(b, 'goes on, begun', paths.beginnings, begins('begun', GONE_ON)),
    request(b, 'batch', paths.batches, await batchOf(b, [recordOf(b, { sittingId: GONE_ON })])),
    request(b, 'over', paths.beginnings, begins('over', GONE_ON)),
    request(a, 'the next one begun', paths.beginnings, begins('begun', NEXT, SECOND)),
    request(a, 'readiness, later', paths.readiness, readiness(9)),
    request(a, 'the next one over', paths.beginnings, begins('over', NEXT, SECOND)),
  ];
}

test('a request that is sent again changes nothing, at once or when all has gone on', async () => {
  const sent = await day();
  const changed: string[] = [];
  const again = async ({ what, send }: Sent, when: string) => {
    const before = await kept();
    await send();
    const after = await kept();
    for (const [table, rows] of Object.entries(after))
      if (before[table] !== rows) changed.push(`${what}, ${when}: ${table}`);
  };
  for (const one of sent) {
    const before = await kept();
    await one.send();
    // What nothing keeps is no test of anything: all but the time is kept.
    if (!['time', 'another outcome'].includes(one.what))
      expect([one.what, await kept()]).not.toEqual([one.what, before]);
    await again(one, 'at once');
  }
  for (const one of sent) await again(one, 'later');
  expect(changed).toEqual([]);
}, 120_000);

test('nothing that a station may post is left out', async () => {
  const tried = new Set((await day()).map(({ path }) => path.replace(/\/(cm|ew)_[^/]+$/, '/:id')));
  const all = Object.values(paths).map((path) => (typeof path === 'string' ? path : `${path('')}:id`));
  const posted = all.filter((url) => open.app.hasRoute({ method: 'POST', url }));
  expect(posted.filter((url) => !tried.has(url))).toEqual([]);
  expect(posted.length).toBeGreaterThan(6);
});
