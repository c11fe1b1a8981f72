import { afterAll, beforeAll, expect, test } from 'vitest';
import { SittingId, TenantId } from '../../contract/words/ids.ts';
import type { ActingStation } from '../tenants/index.ts';
import {
  actingAs,
  addOtherTenant,
  enrolStation,
  newCode,
  openTestCenter,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { ABOUT_TO_MS, claimSitting } from './claims.ts';

let open: TestCenter;
let stations: readonly ActingStation[];

beforeAll(async () => {
  open = await openTestCenter();
  const enrolled: TestStation[] = [
    await enrolStation(open.app, open.secrets.enrolmentCode),
    await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '二号考站'),
  ];
  stations = await Promise.all(enrolled.map((station) => actingAs(open, station)));
});
afterAll(() => open.close());

const START = Date.parse('2026-11-25T08:00:00Z');
/** @returns who has it by then: the first station, or the second */
async function claim(sitting: string, by: 0 | 1, begun: boolean, afterMs: number): Promise<number> {
  const center = { ...open.center, now: () => new Date(START + afterMs) };
  const sittingId = SittingId.parse(sitting);
  const has = await claimSitting(stations[by] as ActingStation, center, { sittingId, begun });
  return stations.findIndex(({ id }) => id === has);
}
const twice = async (sitting: string) =>
  (await open.center.db.query('SELECT twice FROM claims WHERE sitting_id = $1', [sitting]))[0]?.twice;

test('a station that was only about to has it for a minute, and longer while it asks again', async () => {
  expect(await claim('si_a', 0, false, 0)).toBe(0);
  expect(await claim('si_a', 1, false, ABOUT_TO_MS)).toBe(0);
  expect(await claim('si_a', 0, false, ABOUT_TO_MS)).toBe(0);
  expect(await claim('si_a', 1, false, 2 * ABOUT_TO_MS)).toBe(0);
  expect(await claim('si_a', 1, false, 2 * ABOUT_TO_MS + 1)).toBe(1);
  expect(await twice('si_a')).toBe(false);
});

test('a station that has begun has it for good, whoever asks, and keeps it when it only asks again', async () => {
  expect(await claim('si_b', 0, false, 0)).toBe(0);
  expect(await claim('si_b', 1, true, 1_000)).toBe(1);
  expect(await claim('si_b', 1, false, 2_000)).toBe(1);
  expect(await claim('si_b', 0, false, 10 * ABOUT_TO_MS)).toBe(1);
  expect(await twice('si_b')).toBe(false);
  expect(await claim('si_b', 0, true, 11 * ABOUT_TO_MS)).toBe(1);
  expect(await twice('si_b')).toBe(true);
});

test('a sitting of another tenant is another one', async () => {
  expect(await claim('si_c', 0, true, 0)).toBe(0);
  await addOtherTenant(open);
  const other = { ...(stations[1] as ActingStation), tenantId: TenantId.parse('tn_other') };
  const sittingId = SittingId.parse('si_c');
  expect(await claimSitting(other, open.center, { sittingId, begun: true })).toBe(other.id);
  expect(await claim('si_c', 0, true, 1)).toBe(0);
});
