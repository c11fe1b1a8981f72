import { expect, it } from 'vitest';
import { AccountId, Instant } from '../../contract/words/ids.ts';
import { makeCopiedKey, takeKeyCopy } from './key-copy.ts';
import { bestFirst, type KeptKey } from './own-keys.ts';
import type { OwnKey } from './sealed-picture.ts';

const ACCOUNT = AccountId.parse('ap_1');
const PASSPHRASE = '青山依旧在，几度夕阳红。';

const made = await makeCopiedKey(ACCOUNT, PASSPHRASE, new Date('2026-03-05T08:00:00.000Z'));
const file = JSON.stringify(made.copy);

/** What it agrees on with another key: the same for the same secret half alone. */
async function agreed({ secret }: OwnKey): Promise<string> {
  const theirs = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), { name: 'X25519' }, false, []);
  return Buffer.from(await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, secret, 256)).toString('hex');
}

const take = (copy: object, passphrase = PASSPHRASE, account = ACCOUNT) =>
  takeKeyCopy(JSON.stringify(copy), { account, passphrase });

it('a copy, taken in from its file, is the same key, and nobody reads out either', async () => {
  const taken = await takeKeyCopy(file, { account: ACCOUNT, passphrase: PASSPHRASE });
  if (typeof taken === 'string') throw new Error(taken);
  expect(taken).toMatchObject({ key: made.own.key, account: ACCOUNT, copiedAt: made.copy.at });
  expect(await agreed(taken)).toBe(await agreed(made.own));
  expect([taken.secret.extractable, made.own.secret.extractable]).toEqual([false, false]);
});

it('letters that another keyboard composes otherwise are the same passphrase', async () => {
  const { own, copy } = await makeCopiedKey(ACCOUNT, 'dix caf\u00e9s noirs');
  expect(await take(copy, 'dix cafe\u0301s noirs')).toMatchObject({ key: own.key });
});

it('another passphrase opens nothing, nor does a copy that was changed', async () => {
  const { copy } = made;
  const other = (await makeCopiedKey(ACCOUNT, PASSPHRASE)).copy;
  expect(await take(copy, `${PASSPHRASE}。`)).toBe('wrong');
  for (const name of ['at', 'key', 'salt', 'nonce', 'sealed'] as const)
    expect([name, await take({ ...copy, [name]: other[name] })]).toEqual([name, 'wrong']);
  expect(await take({ ...copy, rounds: copy.rounds - 1 })).toBe('wrong');
});

it('a copy is for the account that made it, whatever is written on it', async () => {
  const another = AccountId.parse('ap_2');
  expect(await take(made.copy, PASSPHRASE, another)).toBe('other');
  expect(await take({ ...made.copy, account: another }, PASSPHRASE, another)).toBe('wrong');
});

it('the file says what it is, and has neither the passphrase nor the secret half', () => {
  expect(file).not.toContain(PASSPHRASE);
  expect(made.copy).toEqual({
    ...{ format: 'exam-station/key-copy@1', key: made.own.key, account: ACCOUNT, at: '2026-03-05T08:00:00.000Z' },
    ...{ rounds: 1_000_000, salt: expect.any(String), nonce: expect.any(String), sealed: expect.any(String) },
  });
});

it.each([
  ['no JSON', 'PK\u0003'],
  ['another format', JSON.stringify({ ...made.copy, format: 'exam-station/key-copy@2' })],
  ['rounds that protect nothing', JSON.stringify({ ...made.copy, rounds: 1 })],
  ['rounds that never end', JSON.stringify({ ...made.copy, rounds: 1e12 })],
  ['no salt', JSON.stringify({ ...made.copy, salt: '' })],
])('%s is no copy', async (_, text) => {
  expect(await takeKeyCopy(text, { account: ACCOUNT, passphrase: PASSPHRASE })).toBe('no-copy');
});

it('what is asked for is sealed to the newest key that has a copy', () => {
  const kept = (copiedAt?: string): KeptKey => ({
    ...made.own,
    account: ACCOUNT,
    ...(copiedAt ? { copiedAt: Instant.parse(copiedAt) } : {}),
  });
  const [none, old, young] = [kept(), kept('2026-03-05T08:00:00.000Z'), kept('2026-04-05T08:00:00.000Z')];
  expect(bestFirst([none, old, young])).toEqual([young, old, none]);
});
