import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Beginning } from '../../contract/station-center/center-api.ts';
import { CandidateId, ExamId, instant, SittingId } from '../../contract/words/ids.ts';
import { auditPage } from '../audit/index.ts';
import { readExam } from '../exams/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { actingAs, addOtherTenant, enrolStation, newCode, openTestCenter, type TestCenter } from '../testing/index.ts';
import { attemptsUsed } from './attempts.ts';
import { beginSitting, MOST_UNENDED } from './beginnings.ts';
import { listBeginnings, releaseBeginning } from './held-seats.ts';
import { recentMoves } from './recent-moves.ts';
import { putRescue } from './rescues.ts';

let open: TestCenter;
let stations: readonly ActingStation[];
const [ONE, TWO] = ['cd_demo-1', 'cd_demo-2'].map((id) => CandidateId.parse(id)) as [CandidateId, CandidateId];
const EXAM = ExamId.parse('ex_demo');
const START = Date.parse('2026-11-25T08:00:00Z');
const MINUTE = 60_000;

beforeAll(async () => {
  open = await openTestCenter();
  const here = await enrolStation(open.app, open.secrets.enrolmentCode);
  const there = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '二号考站');
  stations = await Promise.all([here, there].map((one) => actingAs(open, one)));
});
afterAll(() => open.close());
beforeEach(async () => {
  for (const table of ['beginnings', 'moves', 'rescues']) await open.center.db.query(`DELETE FROM ${table}`);
});

const by = (at: 0 | 1): ActingStation => stations[at] as ActingStation;
/** @param saidAt minutes, where it is sent again later than it was said */
async function say(
  at: 0 | 1,
  sitting: string,
  state: Beginning['state'],
  minutes = 0,
  who = ONE,
  saidAt = minutes,
): Promise<string> {
  const [now, said] = [minutes, saidAt].map((one) => new Date(START + one * MINUTE)) as [Date, Date];
  const center = { ...open.center, now: () => now };
  const sittingId = SittingId.parse(sitting);
  return (await beginSitting(by(at), center, { sittingId, candidateId: who, examId: EXAM, state }, instant(said)))
    .answer;
}
const used = async (who = ONE) => {
  const sitter = { id: who, examId: EXAM };
  return (await attemptsUsed(by(0), open.center.db, by(0).tenantId, [sitter]))(sitter);
};
const manager = () => ({ kind: 'operator', tenantId: by(0).tenantId }) as const;

test('who sits at one station begins at no other, until that is over or long silent', async () => {
  expect(await say(0, 'si_a', 'asking')).toBe('granted');
  expect(await say(0, 'si_a', 'begun')).toBe('granted');
  expect(await say(1, 'si_b', 'asking', 5)).toBe('sits-elsewhere');
  expect(await say(1, 'si_c', 'asking', 5, TWO)).toBe('granted');
  const lasts = (await readExam(by(0), open.center.db, by(0).tenantId, EXAM)).durationSeconds / 60;
  expect(await say(1, 'si_b', 'asking', lasts + 29)).toBe('sits-elsewhere');
  expect(await say(0, 'si_a', 'begun', 20)).toBe('granted');
  expect(await say(1, 'si_b', 'asking', lasts + 31)).toBe('sits-elsewhere');
  expect(await say(0, 'si_a', 'over', lasts + 32)).toBe('granted');
  expect(await say(1, 'si_b', 'asking', lasts + 33)).toBe('granted');
  expect(await used()).toBe(1);
});

test('who only asked holds nobody for longer than a minute, and uses up nothing', async () => {
  expect(await say(0, 'si_a', 'asking')).toBe('granted');
  expect(await say(1, 'si_b', 'asking', 0.9)).toBe('sits-elsewhere');
  expect(await say(1, 'si_b', 'asking', 1.1)).toBe('granted');
  expect(await used()).toBe(0);
});

test('an attempt that began counts once, however often it is said, and a third of two begins nowhere', async () => {
  for (const state of ['asking', 'begun', 'begun', 'over', 'begun'] as const) await say(0, 'si_a', state);
  expect(await used()).toBe(1);
  for (const state of ['begun', 'over'] as const) await say(1, 'si_b', state, 1);
  expect(await used()).toBe(2);
  for (const at of [0, 1] as const) expect(await say(at, 'si_c', 'asking', 2)).toBe('attempts-used');
});

test('what began unasked is kept, and against what', async () => {
  await say(0, 'si_a', 'begun');
  expect(await say(1, 'si_b', 'begun', 1)).toBe('sits-elsewhere');
  const { db } = open.center;
  const list = await listBeginnings(manager(), db, by(0).tenantId);
  expect(list.map(({ sittingId, against }) => [sittingId, against])).toEqual([
    ['si_b', 'sits-elsewhere'],
    ['si_a', null],
  ]);
});

test('somebody who answers for it releases one, once', async () => {
  await say(0, 'si_a', 'begun');
  const wish = { sittingId: SittingId.parse('si_a'), by: '主考', note: '考站起火' };
  const release = () => releaseBeginning(manager(), open.center, by(0).tenantId, wish);
  await release();
  expect([await say(1, 'si_b', 'asking', 1), await used()]).toEqual(['granted', 0]);
  await expect(release()).rejects.toMatchObject({ reason: 'item-unknown' });
  const { lines } = await auditPage(manager(), open.center.db, by(0).tenantId, { what: 'beginning-released' });
  expect(lines).toMatchObject([{ subject: { id: 'si_a' } }]);
});

test('a station that claims everybody is believed a few times only, and one of another firm not at all', async () => {
  const { db } = open.center;
  for (let n = 0; n < MOST_UNENDED; n++) await say(0, `si_x${n}`, 'begun', n, TWO);
  expect(await say(0, 'si_y', 'asking', 9)).toBe('unheard');
  expect(await say(1, 'si_z', 'asking', 9)).toBe('granted');
  // What it has begun is heard to its end.
  expect(await say(0, 'si_x4', 'over', 9, TWO)).toBe('granted');
  await addOtherTenant(open);
  const stranger = { ...by(1), tenantId: 'tn_other' as never };
  const sittingId = SittingId.parse('si_q');
  const begun = { sittingId, candidateId: ONE, examId: EXAM, state: 'begun' } as const;
  const asked = beginSitting(stranger, open.center, begun, instant(new Date()));
  await expect(asked).rejects.toMatchObject({ reason: 'no-exam' });
  expect(await db.query(`SELECT 1 FROM beginnings WHERE sitting_id = 'si_q'`)).toEqual([]);
});

test('a station that says of everybody that they are over is believed no more often', async () => {
  for (let n = 0; n < MOST_UNENDED + 3; n++)
    expect(await say(0, `si_x${n}`, 'over', n, n < 2 ? ONE : TWO)).toBe(n < MOST_UNENDED ? 'granted' : 'unheard');
  expect(await used(TWO)).toBe(MOST_UNENDED - 2);
  expect(await say(0, 'si_x0', 'over', 9)).toBe('granted');
  // The word of another station makes nothing heard of it.
  await say(1, 'si_other', 'begun', 9, TWO);
  expect(await say(0, 'si_other', 'over', 9, TWO)).toBe('unheard');
});

test('what was said earlier and is sent again frees nobody', async () => {
  await say(0, 'si_a', 'asking', 0, TWO);
  await say(0, 'si_a', 'begun', 1, TWO);
  await say(0, 'si_a', 'over', 2, TWO);
  await say(0, 'si_b', 'begun', 3);
  for (const [sitting, state] of [
    ['si_a', 'asking'],
    ['si_a', 'begun'],
    // Which was refused when it was said, and would be granted by now.
    ['si_refused', 'asking'],
  ] as const)
    await say(0, sitting, state, 5, TWO, 2.5);
  expect(await say(1, 'si_c', 'asking', 6)).toBe('sits-elsewhere');
  // Said now, it is over.
  await say(0, 'si_d', 'begun', 7, TWO);
  expect(await say(1, 'si_c', 'asking', 8)).toBe('granted');
});

test('nobody begins elsewhere by the name of the sitting that goes on', async () => {
  await say(0, 'si_a', 'begun');
  expect(await say(1, 'si_a', 'asking', 1)).toBe('sits-elsewhere');
  await say(1, 'si_a', 'over', 1);
  await say(1, 'si_a', 'begun', 1);
  expect(await say(1, 'si_b', 'asking', 2)).toBe('sits-elsewhere');
});

test('a station of another firm begins what its grant covers', async () => {
  const grant = { format: 'exam-station/grant@1', exams: ['ex_else'] } as unknown as NonNullable<
    ActingStation['grant']
  >;
  const told = { sittingId: SittingId.parse('si_g'), candidateId: ONE, examId: EXAM, state: 'begun' } as const;
  const guest = (exams: readonly string[]) => ({ ...by(1), grant: { ...grant, exams } }) as ActingStation;
  const said = instant(new Date(START));
  await expect(beginSitting(guest(['ex_else']), open.center, told, said)).rejects.toMatchObject({ reason: 'no-exam' });
  expect((await beginSitting(guest([EXAM]), open.center, told, said)).answer).toBe('granted');
});

const sendTo = (to: 0 | 1, sitting: string, saidAt: number, file = 'AAAA') => {
  const put = { to: by(to).id, sittingId: SittingId.parse(sitting), candidateId: ONE, examId: EXAM, file };
  return putRescue(by(0), open.center, put, instant(new Date(START + saidAt * MINUTE)));
};
const movesAt = async () =>
  (await recentMoves(by(1), open.center)).map(({ sittingId, to, over }) => ({ sittingId, to, over }));

test('somebody who answers for it releases one that has moved and went on nowhere', async () => {
  await say(0, 'si_a', 'begun');
  await sendTo(1, 'si_a', 1);
  await say(0, 'si_a', 'over', 1);
  expect([await movesAt(), await used()]).toEqual([[{ sittingId: 'si_a', to: by(1).id, over: false }], 1]);
  const wish = { sittingId: SittingId.parse('si_a'), by: '主考', note: '文件丢失' };
  await releaseBeginning(manager(), open.center, by(0).tenantId, wish);
  expect([await movesAt(), await used()]).toEqual([[{ sittingId: 'si_a', to: by(1).id, over: true }], 0]);
});

test('a file that was sent somewhere earlier and is sent there again moves nothing back', async () => {
  await sendTo(1, 'si_a', 1);
  await sendTo(0, 'si_a', 2, 'BBBB');
  await sendTo(1, 'si_a', 1);
  expect(await movesAt()).toEqual([{ sittingId: 'si_a', to: by(0).id, over: false }]);
  await sendTo(1, 'si_a', 3);
  expect(await movesAt()).toEqual([{ sittingId: 'si_a', to: by(1).id, over: false }]);
});
