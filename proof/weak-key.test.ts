import { expect, it } from 'vitest';
import { PublicKey } from '../contract/words/keys.ts';
import { isWeakKey } from './index.ts';
import { newSigner } from './proof.fixture.ts';

const keyOf = (hex: string): PublicKey => PublicKey.parse(Buffer.from(hex, 'hex').toString('base64url'));

it.each([
  ['order 1', `01${'00'.repeat(31)}`],
  ['order 2', `ec${'ff'.repeat(30)}7f`],
  ['order 4', '00'.repeat(32)],
  ['order 4, the other', `${'00'.repeat(31)}80`],
  ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['order 8, the other', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
  ['order 1, written otherwise', `ee${'ff'.repeat(30)}7f`],
  ['order 1, with a sign', `01${'00'.repeat(30)}80`],
  ['no number of the field', 'ff'.repeat(32)],
  ['no point', `02${'00'.repeat(31)}`],
])('a key is weak that is %s', (_, hex) => {
  expect(isWeakKey(keyOf(hex))).toBe(true);
});

it('a key that was made is not', () => {
  const keys = Array.from({ length: 50 }, () => newSigner().publicKey);
  expect(keys.filter(isWeakKey)).toEqual([]);
});
