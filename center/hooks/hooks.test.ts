import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery } from '../../contract/platform/hooks.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { openJobs } from '../jobs/index.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  platformOf,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { keepOwn, type TlsKeeper } from '../tls/index.ts';
import { hookDelivery, signatureOf } from './index.ts';

type Heard = { readonly headers: Readonly<Record<string, unknown>>; readonly body: string };

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let tls: TlsKeeper;
let server: Server;
let url: string;
let firm: ActingAccount;
let at: OrganisationId;
let station: TestStation;
let answer = 200;
const heard: Heard[] = [];

beforeAll(async () => {
  open = await openTestCenter({ jobs: false });
  platform = platformOf(open);
  tls = await keepOwn({ data: open.center.data, name: 'test', now: () => new Date() }, () => undefined);
  const { chain, key } = tls.current;
  server = createServer({ cert: chain, key }, async (request, reply) => {
    heard.push({ headers: request.headers, body: await text(request) });
    reply.writeHead(answer, { location: 'https://127.0.0.1:1/' }).end('a long story');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  station = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
  at = (await placeOfTenant(open.center.db, station.tenantId)).id;
  firm = await accountAt(open, 'firm', at);
});
afterAll(async () => {
  server.close();
  tls.stop();
  await platform.app.close();
  await open.close();
});

const ask = async (method: string, path: string, payload?: object, who = firm) =>
  platform.ask(who, { method, url: `/v1/platform/hooks${path}`, ...(payload ? { payload } : {}) });
async function add(where: string, events: readonly string[], who = firm, organisationId = at) {
  const reply = await ask('POST', '', { organisationId, url: where, events }, who);
  return { ...reply.json<{ hook: { id: string }; secret: string }>(), status: reply.statusCode };
}
const deliveriesOf = async (id: string) =>
  (await ask('GET', `/${id}/deliveries`)).json<{ rows: readonly Delivery[] }>().rows;
/** Brings what waits, until there is nothing more of this address. */
async function bring(id: string, state: string, inside = true): Promise<void> {
  const delivery = hookDelivery(open.center, { inside, ca: tls.current.chain });
  const kinds = { 'hook-delivery': { ...delivery, again: (tries: number) => delivery.again(tries) && 0 } };
  const jobs = openJobs(open.center, { kinds, alone: true, onFault: () => undefined, pollMs: 20 });
  await eventually(async () => {
    const all = await deliveriesOf(id);
    expect(all.length > 0 && all.every((one) => one.state === state)).toBe(true);
  });
  await jobs.stop();
}

test('a result that was accepted is told, signed, with ids and nothing else', async () => {
  const { hook, secret } = await add(url, ['result.accepted', 'result.disputed']);
  const record = recordOf(station);
  const reply = await station.call('POST', '/v1/batches', await batchOf(station, [record]));
  expect(reply.statusCode).toBe(200);
  await bring(hook.id, 'delivered');
  expect(heard).toHaveLength(1);
  const { headers, body } = heard.splice(0)[0] as Heard;
  const { type, data } = JSON.parse(body);
  expect([type, data]).toEqual([expect.stringMatching(/^result\./), { organisationId: at, id: record.sittingId }]);
  const [id, seconds] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
  expect(headers['webhook-signature']).toBe(signatureOf(secret, id, seconds, body));
  expect(Math.abs(seconds - Date.now() / 1_000)).toBeLessThan(120);
  expect(await deliveriesOf(hook.id)).toMatchObject([
    { id, state: 'delivered', status: 200, subject: record.sittingId },
  ]);
  expect((await ask('DELETE', `/${hook.id}`)).statusCode).toBe(200);
});

test('it is signed as Standard Webhooks says', () => {
  // The example of its documents.
  const [secret, id] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek'];
  expect(signatureOf(secret, id, 1_614_265_330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('what does not arrive is tried again under the same id, and given up in the end; nobody is led elsewhere', async () => {
  answer = 302;
  const { hook } = await add(url, ['result.accepted']);
  await ask('POST', `/${hook.id}/test`);
  await bring(hook.id, 'failed');
  answer = 200;
  const told = heard.splice(0);
  expect([told.length, new Set(told.map(({ headers }) => headers['webhook-id'])).size]).toEqual([8, 1]);
  expect(await deliveriesOf(hook.id)).toMatchObject([{ event: 'test', status: 302, tries: 8 }]);
});

test('an address that is gone is told nothing more', async () => {
  answer = 410;
  const { hook } = await add(url, ['result.accepted']);
  await ask('POST', `/${hook.id}/test`);
  const jobs = openJobs(open.center, {
    ...{ kinds: { 'hook-delivery': hookDelivery(open.center, { inside: true, ca: tls.current.chain }) } },
    ...{ alone: true, onFault: () => undefined, pollMs: 20 },
  });
  await eventually(async () => expect((await ask('GET', `/${hook.id}/deliveries`)).statusCode).toBe(404));
  await jobs.stop();
  answer = 200;
  expect(heard.splice(0)).toHaveLength(1);
});

test('nothing is sent to inner networks, by whatever name', async () => {
  for (const where of [url, url.replace('127.0.0.1', 'localhost'), 'https://[::1]/', 'https://2130706433/']) {
    const { hook } = await add(where, ['result.accepted']);
    await ask('POST', `/${hook.id}/test`);
    await bring(hook.id, 'failed', false);
    expect(await deliveriesOf(hook.id)).toMatchObject([{ status: null }]);
  }
  expect(heard).toEqual([]);
});

test('an address without TLS is refused, and so is what is told to others', async () => {
  expect((await add('http://example.com/', ['result.accepted'])).status).toBe(400);
  const admin = await accountAt(open, 'platform', ROOT);
  expect((await add(url, ['result.accepted'], admin, ROOT)).status).toBe(401);
  expect((await add(url, ['result.accepted'], admin, at)).status).toBe(401);
});

test('whoever is above hears of a registration, with its id alone', async () => {
  const admin = await accountAt(open, 'platform', ROOT);
  const { hook } = await add(url, ['registration.applied'], admin, ROOT);
  const details = { sector: null, size: null, contact: '甲', phone: null };
  const county = { ...details, licence: null, kind: 'county', parentId: ROOT, name: '东县' };
  const made = await platform.ask(admin, { method: 'POST', url: '/v1/platform/organisations', payload: county });
  const payload = {
    ...{ ...details, licence: '91350100M000100Y43', kind: 'firm', parentId: made.json<{ id: string }>().id },
    ...{ name: '新企业', login: 'newcomer', password: 'long enough' },
  };
  const url2 = '/v1/platform/registrations';
  const registered = await platform.ask({ kind: 'stranger' }, { method: 'POST', url: url2, payload });
  const { id } = registered.json<{ id: string }>();
  const { rows } = (await ask('GET', `/${hook.id}/deliveries`, undefined, admin)).json();
  expect(rows).toMatchObject([{ event: 'registration.applied', subject: id, state: 'waiting' }]);
});
