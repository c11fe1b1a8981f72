import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { operatorPaths, type PutProctorReply, setPinPath } from '../../contract/people-center/operator-api.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';

// As it is; only how often it was called is counted.
vi.mock('@node-rs/argon2', { spy: true });

let now = new Date();
let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter({ now: () => now });
});
afterAll(() => open.close());

test('nothing slow is computed for a stranger, wait or no wait; a badge is checked at once all the same', async () => {
  const { app, secrets } = open;
  const name = '监考一';
  const put = await app.inject({
    ...{ method: 'PUT', url: operatorPaths.proctors, payload: { id: 'pr_n1', name } },
    headers: { authorization: `Bearer ${secrets.operatorToken}` },
  });
  const { code } = put.json<PutProctorReply>().invitation ?? {};
  const set = (changes: object) =>
    app.inject({ method: 'POST', url: setPinPath, payload: { proctor: name, code, pin: '4829', ...changes } });
  const badge = '110105198001010016';
  vi.mocked(hash).mockClear();
  const said: string[] = [];
  for (let n = 0; n < 4; n++) said.push((await set({ code: 'XXXX-XXXX', badge })).json().reason);
  expect(said).toEqual([...Array(3).fill('proctor-code-unknown'), 'try-later']);
  expect((await set({ badge: '110105198001010017' })).json().reason).toBe('number-checksum');
  expect(hash).not.toHaveBeenCalled();
  now = new Date(now.getTime() + 10_000);
  expect((await set({ badge })).statusCode).toBe(200);
  expect(hash).toHaveBeenCalledTimes(2);
});
