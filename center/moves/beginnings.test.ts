import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Beginning } from '../../contract/station-center/center-api.ts';
import { CandidateId, ExamId, SittingId } from '../../contract/words/ids.ts';
import { auditPage } from '../audit/index.ts';
import { readExam } from '../exams/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { actingAs, addOtherTenant, enrolStation, newCode, openTestCenter, type TestCenter } from '../testing/index.ts';
import { attemptsUsed } from './attempts.ts';
import { beginSitting, MOST_UNENDED } from './beginnings.ts';
import { listBeginnings, releaseBeginning } from './held-seats.ts';

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
}, 30_000);
afterAll(() => open.close());
beforeEach(async () => void (await open.center.db.query('DELETE FROM beginnings')));

const by = (at: 0 | 1): ActingStation => stations[at] as ActingStation;
async function say(at: 0 | 1, sitting: string, state: Beginning['state'], minutes = 0, who = ONE): Promise<string> {
  const center = { ...open.center, now: () => new Date(START + minutes * MINUTE) };
  const sittingId = SittingId.parse(sitting);
  return (await beginSitting(by(at), center, { sittingId, candidateId: who, examId: EXAM, state })).answer;
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
  const asked = beginSitting(stranger, open.center, { sittingId, candidateId: ONE, examId: EXAM, state: 'begun' });
  await expect(asked).rejects.toMatchObject({ reason: 'no-exam' });
  expect(await db.query(`SELECT 1 FROM beginnings WHERE sitting_id = 'si_q'`)).toEqual([]);
});
