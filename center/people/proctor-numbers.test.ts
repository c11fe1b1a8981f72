import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProctorId, TenantId } from '../../contract/words/ids.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { inviteProctor, listProctors, putProctor } from './index.ts';

const SYSTEM = { kind: 'system' } as const;
const DEMO = TenantId.parse('tn_demo');
let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter();
});
afterAll(() => open.close());

const id = (n: number) => ProctorId.parse(`pr_${n}`);
const names = async () =>
  (await listProctors(SYSTEM, open.center.db, DEMO)).filter(({ name }) => name.startsWith('监考'));

test('proctors who are put in and invited at once have a number each', async () => {
  const many = Array.from({ length: 12 }, (_, n) => n);
  await Promise.all(many.map((n) => putProctor(SYSTEM, open.center.db, DEMO, { id: id(n), name: `监考${n}` })));
  // As from before there were numbers.
  await open.center.db.query(`UPDATE proctors SET number = NULL WHERE tenant_id = $1 AND name LIKE '监考%'`, [DEMO]);
  const invited = await Promise.all(many.map((n) => inviteProctor(SYSTEM, open.center, DEMO, id(n))));
  expect(new Set(invited.map(({ number }) => number)).size).toBe(12);
  expect((await names()).map(({ number }) => number).sort()).toEqual(invited.map(({ number }) => number).sort());
});

test('one person who is put in twice at once is one', async () => {
  const put = (n: number) => putProctor(SYSTEM, open.center.db, DEMO, { id: id(n), name: '监考同一人' });
  const [one, other] = await Promise.all([put(50), put(51)]);
  expect(other.id).toBe(one.id);
  expect((await names()).filter(({ name }) => name === '监考同一人')).toHaveLength(1);
});
