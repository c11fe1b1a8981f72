import { afterAll, beforeAll, expect, test } from 'vitest';
import { OwnSlip, ownPaths } from '../../contract/home/own-file.ts';
import { Turn, type TurnSlip } from '../../contract/platform/planning.ts';
import { CandidateId, ExamId, instant, TenantId } from '../../contract/words/ids.ts';
import { verifySlip } from '../../proof/index.ts';
import { putExam, readExam } from '../exams/index.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import { demoBank } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  type AtHome,
  accountAt,
  enrolStation,
  openTestCenter,
  platformOf,
  signInAt,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

/** A firm plans a turn in a room of its own: 张示范 comes, 李样例 waits for a place. */
const SYSTEM = { kind: 'system' } as const;
const DEMO = TenantId.parse('tn_demo');
const EXAM = ExamId.parse('ex_demo');
const [ZHANG, LI] = ['cd_demo-1', 'cd_demo-2'].map((id) => CandidateId.parse(id));
const [ZHANGS_NUMBER, LIS_NUMBER] = ['110105198001010016', '110105198502020028'] as const;
const DAY_MS = 24 * 3_600_000;

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let desk: TestStation;
let firm: ActingAccount;
let zhang: AtHome;
let li: AtHome;

const as = async (actor: ActingAccount, method: string, url: string, payload?: object) => {
  const reply = await platform.ask(actor, { method, url: `/v1/platform${url}`, ...(payload ? { payload } : {}) });
  return { status: reply.statusCode, said: reply.json() };
};
async function planned(): Promise<Turn> {
  const { id } = await placeOfTenant(open.center.db, DEMO);
  const begins = instant(new Date(Date.now() + 2 * DAY_MS));
  const wish = { organiserId: id, roomId: id, examOf: id, examId: EXAM, begins, seats: 1 };
  const { said } = await as(firm, 'POST', '/turns', wish);
  const turn = Turn.parse(said);
  await as(firm, 'POST', `/turns/${turn.id}/open`);
  await as(firm, 'POST', `/turns/${turn.id}/entries`, { candidateIds: [ZHANG, LI] });
  return turn;
}
const cancel = (id: string) => as(firm, 'POST', `/turns/${id}/cancel`, { note: '取消' });
const slips = async (actor: ActingAccount, id: string): Promise<readonly TurnSlip[]> =>
  (await as(actor, 'GET', `/turns/${id}/slips`)).said.rows;
const own = (who: AtHome, id: string) => who.get(ownPaths.slip.replace(':turnId', id));
const turnsAt = async () =>
  new Map((await desk.assignment()).candidates.flatMap(({ id, turns }) => (turns ? [[id, turns]] : [])));

beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  desk = await enrolStation(open.app, open.secrets.enrolmentCode);
  firm = await accountAt(open, 'firm', (await placeOfTenant(open.center.db, DEMO)).id);
  zhang = await signInAt(open, ZHANGS_NUMBER);
  li = await signInAt(open, LIS_NUMBER);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

test('an exam that takes no slips has none, for a firm as for a worker', async () => {
  const turn = await planned();
  expect(await slips(firm, turn.id)).toEqual([]);
  expect(OwnSlip.parse((await own(zhang, turn.id)).json())).toEqual({ code: null });
  await cancel(turn.id);
});

test('whoever comes has one that the stations of the room can check; who waits, and who does not come, has none', async () => {
  const { db } = open.center;
  const exam = await readExam(SYSTEM, db, DEMO, EXAM);
  await putExam(SYSTEM, db, DEMO, { exam: { ...exam, slips: 'allowed' }, bank: demoBank() });
  const turn = await planned();
  const [slip, ...more] = await slips(firm, turn.id);
  expect([slip?.candidateId, more]).toEqual([ZHANG, []]);
  const { code } = OwnSlip.parse((await own(zhang, turn.id)).json());
  for (const text of [slip?.code, code])
    expect(verifySlip(text ?? '', desk.centerKey)).toMatchObject({
      ok: true,
      slip: { turnId: turn.id, tenantId: DEMO, candidateId: ZHANG, examId: EXAM, room: DEMO, until: turn.ends },
    });
  expect((await own(li, turn.id)).json()).toMatchObject({ reason: 'turn-unknown' });
  expect((await open.app.inject(ownPaths.slip.replace(':turnId', turn.id))).statusCode).toBe(401);
  // A station is told of whom the turn is, so that it knows a slip that was withdrawn.
  expect(await turnsAt()).toEqual(new Map([[ZHANG, [turn.id]]]));
  const { id } = await placeOfTenant(db, DEMO);
  await as(firm, 'PUT', `/turn-rooms/${id}`, { byTurns: false, days: 3 });
  expect(await turnsAt()).toEqual(new Map([[ZHANG, [turn.id]]]));
  await as(firm, 'POST', `/turns/${turn.id}/entries/cancel`, { candidateId: ZHANG });
  expect(await turnsAt()).toEqual(new Map([[LI, [turn.id]]]));
  expect((await own(zhang, turn.id)).statusCode).toBe(404);
  await cancel(turn.id);
  expect(await turnsAt()).toEqual(new Map());
  expect([await slips(firm, turn.id), (await own(li, turn.id)).statusCode]).toEqual([[], 404]);
});

test('codes are given to whoever plans, keeps the room or sends people, and each time is written down', async () => {
  const turn = await planned();
  const looks = async () => (await open.center.db.query("SELECT 1 FROM audit_lines WHERE what = 'looked'")).length;
  const before = await looks();
  await slips(firm, turn.id);
  expect(await looks()).toBe(before + 1);
  for (const role of ['inspector', 'auditor', 'platform'] as const)
    expect((await as(await accountAt(open, role, ROOT), 'GET', `/turns/${turn.id}/slips`)).status).toBe(401);
  await cancel(turn.id);
});
