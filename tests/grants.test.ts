import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { BANK, EXAM } from '../authoring/bank.fixture.ts';
import { addOtherTenant, addProctor, openTestCenter, type TestCenter } from '../center/testing/index.ts';
import { openOperator } from '../cli/operator.ts';
import { operatorPaths } from '../contract/people-center/operator-api.ts';
import { CandidateId, instant, TenantId } from '../contract/words/ids.ts';
import type { ProctorAction } from '../contract/words/proctoring.ts';
import { verifyProofFile } from '../proof/index.ts';
import { openDatabase } from '../station/core/database/index.ts';
import { temporaryFolder } from './kit/folders.ts';
import { refusalOf } from './kit/refusals.ts';
import { startStation } from './kit/station-at-center.ts';

/** A room of firm A, for an hour let to firm B: a whole center and a whole station, over HTTP. */
const B = TenantId.parse('tn_other');
const WHO = { id: CandidateId.parse('cd_b'), name: '乙单位考生', number: '11010519491231002X', examId: EXAM.id };
const PIN_OF_B = '778899';

let center: TestCenter;
let url: string;
beforeAll(async () => {
  center = await openTestCenter();
  url = await center.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => center.close());

const start = (data: string, vaultKey: Uint8Array) => startStation({ center, url, data, vaultKey });

const pageOf = async (token: string): Promise<string> =>
  (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text();
/** Rows that the station keeps of firms which are not its owner. */
function keptOfGuests(data: string): number {
  const database = openDatabase(join(data, 'station.db'));
  onTestFinished(() => void database.close());
  const sql = "SELECT count(*) AS n FROM candidates WHERE tenant <> '' UNION ALL SELECT count(*) FROM tenant_keys";
  return (database.prepare(sql).all() as { n: number }[]).reduce((sum, { n }) => sum + n, 0);
}

it('a room is let for an hour: another firm’s candidate sits, that firm alone has the result and its proof, and then is gone', async () => {
  const tokenA = center.secrets.operatorToken;
  const tokenB = (await addOtherTenant(center)).token;
  const [byA, byB] = [openOperator(url, tokenA), openOperator(url, tokenB)];
  await byB.putExam({ exam: EXAM, bank: BANK });
  await byB.putCandidate(WHO);
  await addProctor(center, 'tn_other', { id: 'pr_b', name: '乙监考', pin: PIN_OF_B });
  const [data, key] = [temporaryFolder(), randomBytes(32)];
  const before = await start(data, key);
  expect(await refusalOf(before.client.call('identify.typed', { number: WHO.number }))).toBe('not-on-roster');
  await before.close();

  const [from, until] = [-60_000, 3_600_000].map((ms) => instant(new Date(Date.now() + ms))) as [never, never];
  const [grant] = await byA.giveGrants({ tenantId: B, stations: 'all', exams: 'all', from, until });
  const station = await start(data, key);
  await vi.waitFor(() => station.client.call('identify.typed', { number: WHO.number }), { timeout: 20_000 });
  await station.reaches('consenting', { who: { name: WHO.name } });
  expect(station.seen()?.station.tenant).toBe('别家企业');
  await station.client.call('consent', { given: true, locale: 'zh' });
  // Of whom there is no photo a proctor lets in by hand.
  await station.reaches('refused');
  const override: ProctorAction = { kind: 'override', note: '证件与本人一致', compared: ['photo', 'name'] };
  const openDesk = (pin: string) => station.client.call('proctor.open', { pin, about: 'seat' });
  expect(await refusalOf(openDesk(center.secrets.proctorPin ?? ''))).toBe('pin-wrong');
  const act = async (action: ProctorAction) => {
    const { desk } = await openDesk(PIN_OF_B);
    await station.client.call('proctor.act', { desk, action });
  };
  await vi.waitFor(() => act(override), { timeout: 10_000, interval: 500 });
  await station.reaches('awaiting-unlock');
  await act({ kind: 'unlock', note: '开考' });
  await station.reaches('in-progress');
  const form = await station.client.call('form', {});
  for (const { itemId } of form.items) {
    const chosen = [...(BANK.items.find(({ id }) => id === itemId)?.key ?? [])];
    await station.client.call('answer', { itemId, chosen, revision: 1 });
  }
  await station.client.call('hand-in', {});
  await station.reaches('result', { passed: true, receipt: 'verified' });
  await station.client.call('leave', {});
  await station.close();

  const [pageA, pageB] = [await pageOf(tokenA), await pageOf(tokenB)];
  expect(pageB).toContain(WHO.name);
  expect(pageA).not.toContain(WHO.name);
  const kept = await fetch(new URL(operatorPaths.disputes, url), { headers: { authorization: `Bearer ${tokenB}` } });
  expect(await kept.json()).toEqual({ records: [], rivals: [], moves: [] });
  const path = /\/proof\/[0-9a-f]{64}/.exec(pageB)?.[0] ?? '';
  expect(pageA).not.toContain('/proof/');
  const fetched = (token: string) => fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } });
  expect((await fetched(tokenA)).status).toBe(404);
  const proof = new Uint8Array(await (await fetched(tokenB)).arrayBuffer());
  expect(await verifyProofFile(proof, center.secrets.centerKey)).toMatchObject({
    ok: true,
    summary: {
      ...{ tenantId: B, ownerId: 'tn_demo', records: 1, trust: 'pinned', receipt: 'verified' },
      grants: [{ id: grant, tenantId: B, exams: 'all', from, until }],
    },
  });

  expect(keptOfGuests(data)).toBe(2);
  await byA.endGrant(grant as never);
  const after = await start(data, key);
  await vi.waitFor(() => expect(keptOfGuests(data)).toBe(0), { timeout: 30_000 });
  expect(await refusalOf(after.client.call('identify.typed', { number: WHO.number }))).toBe('not-on-roster');
  await after.close();
}, 120_000);
