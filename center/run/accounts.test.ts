import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPlace, loggedIn, openTestCenter, PASSWORD, personAt, setUpAt, type TestCenter } from '../testing/index.ts';
import { putAccountIn } from './accounts.ts';
import { readAccountWish } from './command-wishes.ts';

let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter();
  await setUpAt(open);
  await addPlace(open.center.db, 'og_shop', 'firm');
});
afterAll(() => open.close());

const wish = (...args: string[]) => readAccountWish(['account', ...args], {});
const put = (...args: string[]) => {
  const read = wish(...args);
  if (!read) throw new Error('no wish');
  return putAccountIn(open.center.db, open.center.data, read, new Date());
};
const told = async (file: string) => JSON.parse(await readFile(file, 'utf8'));
const accept = (secret: string) =>
  personAt(open.app).send('POST', '/v1/platform/invitations/accept', { secret, password: PASSWORD });

test('an account is made on the machine itself, and its secret is in a file that only its owner reads', async () => {
  const { id, file } = await put(
    ...['add', '--login', 'wang', '--name', '王', '--role', 'firm', '--organisation', 'og_shop'],
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { login, secret } = await told(file);
  expect([login, loggedIn(open.app, await accept(secret)).id]).toEqual(['wang', id]);
  const beyond = put('add', '--login', 'li4', '--name', '李', '--role', 'platform', '--organisation', 'og_shop');
  await expect(beyond).rejects.toMatchObject({ reason: 'role-beyond' });
});

test('an administrator who lost everything comes in again, and what they had opens nothing more', async () => {
  const { file } = await put('recover', '--login', 'chief');
  const logIn = () => personAt(open.app).send('POST', '/v1/platform/log-in', { login: 'chief', password: PASSWORD });
  expect((await logIn()).json().reason).toBe('login-wrong');
  expect((await accept((await told(file)).secret)).json().step).toBe('done');
  await expect(put('recover', '--login', 'nobody')).rejects.toMatchObject({ reason: 'account-unknown' });
});

test('the command line says what it takes', () => {
  expect(readAccountWish(['tenant', 'add'], {})).toBeUndefined();
  for (const args of [[], ['add', '--login', 'x'], ['recover'], ['recover', '--login', 'abc', '--role', 'firm']])
    expect(() => wish(...args)).toThrow('account takes add');
});
