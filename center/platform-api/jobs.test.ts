import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccountId, type OrganisationId } from '../../contract/words/ids.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { placeOfTenant } from '../organisations/index.ts';
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
} from '../testing/index.ts';

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let firm: ActingAccount;
let other: ActingAccount;
let at: OrganisationId;

beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  const station = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
  const { tenantId } = station;
  at = (await placeOfTenant(open.center.db, tenantId)).id;
  firm = await accountAt(open, 'firm', at);
  other = { ...firm, id: AccountId.parse('ap_other') };
  const records = Array.from({ length: 3 }, (_, nth) => recordOf(station, { marks: 80 + nth }));
  const batch = await batchOf(station, records);
  expect((await station.call('POST', '/v1/batches', batch)).statusCode).toBe(200);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

const get = (who: ActingAccount, url: string) => platform.ask(who, { method: 'GET', url });
const ask = async (payload: object) => {
  const reply = await platform.ask(firm, { method: 'POST', url: '/v1/platform/exports/results', payload });
  return reply.json<{ id: string }>().id;
};
const done = (id: string) =>
  eventually(async () => expect((await get(firm, `/v1/platform/jobs/${id}`)).json()).toMatchObject({ state: 'done' }));

test('a list of results is made, shown with its progress, and fetched whole or in parts', async () => {
  const id = await ask({ organisationId: at, as: 'csv', language: 'en' });
  await done(id);
  const { rows } = (await get(firm, '/v1/platform/jobs')).json();
  expect(rows).toMatchObject([{ id, kind: 'results-export', progress: 1, file: { name: 'results.csv' } }]);
  const whole = await get(firm, `/v1/platform/jobs/${id}/file`);
  expect(whole.headers['content-disposition']).toBe('attachment; filename="results.csv"');
  const lines = whole.body.trim().split('\r\n');
  expect(lines[0]).toContain('Organisation,Name,ID number');
  expect(lines).toHaveLength(4);
  expect(
    lines
      .slice(1)
      .map((line) => line.split(',')[8])
      .sort(),
  ).toEqual(['80', '81', '82']);
});

test('of another time it has none', async () => {
  const id = await ask({ organisationId: at, as: 'csv', to: '2020-01-01T00:00:00.000Z' });
  await done(id);
  expect((await get(firm, `/v1/platform/jobs/${id}/file`)).body.trim().split('\r\n')).toHaveLength(1);
});

test('what others asked for is not there', async () => {
  const id = await ask({ organisationId: at, as: 'xlsx' });
  for (const path of ['', '/file']) expect((await get(other, `/v1/platform/jobs/${id}${path}`)).statusCode).toBe(404);
  const cancel = await platform.ask(other, { method: 'POST', url: `/v1/platform/jobs/${id}/cancel` });
  expect([cancel.statusCode, (await get(other, '/v1/platform/jobs')).json()]).toEqual([404, { rows: [], next: null }]);
});

test('whoever lost the role does not get the file any more', async () => {
  const id = await ask({ organisationId: at, as: 'csv' });
  await done(id);
  const lost = { ...firm, roles: firm.roles.map((held) => ({ ...held, role: 'proctor' as const })) };
  expect((await get(lost, `/v1/platform/jobs/${id}/file`)).statusCode).toBe(401);
});

test('what is cancelled leaves no file', async () => {
  const id = await ask({ organisationId: at, as: 'csv' });
  const cancelled = await platform.ask(firm, { method: 'POST', url: `/v1/platform/jobs/${id}/cancel` });
  const { state } = cancelled.json<{ state: string }>();
  expect(['cancelled', 'done']).toContain(state);
  const file = await get(firm, `/v1/platform/jobs/${id}/file`);
  expect(file.statusCode === 200).toBe(state === 'done');
});

test('a list goes on where the page before ended', async () => {
  const first = (await get(firm, '/v1/platform/jobs?size=2')).json();
  const second = (await get(firm, `/v1/platform/jobs?size=500&after=${first.next}`)).json();
  const ids = [...first.rows, ...second.rows].map(({ id }: { id: string }) => id);
  expect([new Set(ids).size, second.next]).toEqual([ids.length, null]);
  expect(ids.length).toBeGreaterThan(3);
});
