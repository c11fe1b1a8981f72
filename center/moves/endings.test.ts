import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Beginnings } from '../../contract/people-center/beginnings.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { type BeginningReply, paths } from '../../contract/station-center/center-api.ts';
import { CandidateId, ExamId } from '../../contract/words/ids.ts';
import { auditPage } from '../audit/index.ts';
import {
  actingAs,
  batchOf,
  enrolStation,
  FROM_HERE,
  newCode,
  openTestCenter,
  recordOf,
  signIn,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { attemptsUsed } from './attempts.ts';

let open: TestCenter;
let [stolen, fair, third] = [] as unknown as [TestStation, TestStation, TestStation];
const [ONE, TWO] = ['cd_demo-1', 'cd_demo-2'] as const;
const EXAM = 'ex_demo';

beforeAll(async () => {
  open = await openTestCenter();
});
beforeEach(async () => {
  const enrol = async (name: string) =>
    enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), name);
  for (const table of ['beginnings', 'moves', 'claims']) await open.center.db.query(`DELETE FROM ${table}`);
  [stolen, fair, third] = [await enrol('被盗'), await enrol('二号'), await enrol('三号')];
});
afterAll(() => open.close());

const ask = (method: 'GET' | 'DELETE', url: string, payload?: object) =>
  open.app.inject({
    ...{ method, url, headers: { authorization: `Bearer ${open.secrets.operatorToken}` } },
    ...(payload ? { payload } : {}),
  });
const say = async (station: TestStation, sittingId: string, state: string, candidateId: string = ONE) =>
  (await station.call('POST', paths.beginnings, { sittingId, candidateId, examId: EXAM, state })).json<BeginningReply>()
    .answer;
const send = (sittingId: string, to = fair, candidateId: string = ONE) =>
  stolen.call('POST', paths.rescues, { to: to.stationId, sittingId, candidateId, examId: EXAM, file: 'AAAA' });
const revoke = async () =>
  expect((await ask('DELETE', `${operatorPaths.stations}/${stolen.stationId}`, { cause: 'stolen' })).statusCode).toBe(
    200,
  );
async function used(id: string): Promise<number> {
  const sitter = { id: CandidateId.parse(id), examId: ExamId.parse(EXAM) };
  return (await attemptsUsed(await actingAs(open, fair), open.center.db, fair.tenantId, [sitter]))(sitter);
}
const released = async () =>
  (await ask('GET', operatorPaths.beginnings))
    .json<Beginnings>()
    .beginnings.filter(({ releasedBy }) => releasedBy)
    .map(({ sittingId, releasedBy }) => `${sittingId} ${releasedBy}`);

test('whoever sat at a station that is revoked begins anew, and the audit log has who was released', async () => {
  await say(stolen, 'si_sat', 'begun');
  expect([await say(fair, 'si_new', 'asking'), await used(ONE)]).toEqual(['sits-elsewhere', 1]);
  await revoke();
  expect([await say(fair, 'si_new', 'asking'), await used(ONE)]).toEqual(['granted', 0]);
  expect(await released()).toEqual(['si_sat station-revoked']);
  const operator = { kind: 'operator', tenantId: stolen.tenantId } as const;
  const { lines } = await auditPage(operator, open.center.db, stolen.tenantId, { what: 'beginning-released' });
  expect(lines[0]).toMatchObject({ subject: { kind: 'sitting', id: 'si_sat' }, actor: { kind: 'operator' } });
});

test('by the form on the pages as well', async () => {
  await say(stolen, 'si_form', 'begun');
  const cookie = await signIn(open.app, open.secrets.operatorToken);
  const { body } = await open.app.inject({ url: '/stations', headers: { cookie } });
  const form = body.match(/name="form" value="(\w+)"/)?.[1] ?? '';
  const reply = await open.app.inject({
    ...{ method: 'POST', url: '/stations/revoke' },
    payload: new URLSearchParams({ station: stolen.stationId, cause: 'stolen', form }).toString(),
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...FROM_HERE },
  });
  expect([reply.statusCode, await released()]).toEqual([303, ['si_form station-revoked']]);
});

test('what it sent away and went on nowhere is begun anew; what went on at another station stays there', async () => {
  await say(stolen, 'si_waits', 'begun');
  await send('si_waits');
  await say(stolen, 'si_goes-on', 'begun', TWO);
  await send('si_goes-on', fair, TWO);
  await fair.call('POST', paths.claims, { sittingId: 'si_goes-on', begun: true });
  await revoke();
  expect([await say(third, 'si_a', 'asking', ONE), await used(ONE)]).toEqual(['granted', 0]);
  expect([await say(third, 'si_b', 'asking', TWO), await used(TWO)]).toEqual(['sits-elsewhere', 1]);
  expect(await released()).toEqual(['si_waits station-revoked']);
});

test('what came to a record before stays as it is', async () => {
  await say(stolen, 'si_ended', 'begun');
  const record = recordOf(stolen, { sittingId: 'si_ended' });
  expect((await stolen.call('POST', paths.batches, await batchOf(stolen, [record]))).statusCode).toBe(200);
  await revoke();
  expect([await released(), await used(ONE)]).toEqual([[], 1]);
});
