import { expect, test } from 'vitest';
import { base32, stepOf, totpAt, totpUri } from './totp.ts';

/** RFC 6238, appendix B: the last six of its eight digits. */
const SECRET = Buffer.from('12345678901234567890');
const VECTORS: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

test.each(VECTORS)('at %i seconds the code is that of RFC 6238', (seconds, code) => {
  expect(totpAt(SECRET, Math.floor(seconds / 30))).toBe(code);
});

test('a code is good for its step and the neighbours, and not after it was used', () => {
  const now = new Date(1_111_111_109_000);
  const step = Math.floor(1_111_111_109 / 30);
  expect(stepOf(SECRET, '081804', now, 0)).toBe(step);
  expect(stepOf(SECRET, '081804', now, step)).toBeUndefined();
  expect(stepOf(SECRET, '081804', new Date(now.getTime() + 30_000), 0)).toBe(step);
  expect(stepOf(SECRET, '081804', new Date(now.getTime() + 90_000), 0)).toBeUndefined();
});

test('a secret is written as authenticators read it', () => {
  expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(base32(Buffer.from('foob'))).toBe('MZXW6YQ');
  expect(totpUri('AAAA', '全市:平台', 'wang@x')).toBe(
    `otpauth://totp/${encodeURIComponent('全市 平台')}:wang%40x?secret=AAAA&issuer=${encodeURIComponent('全市 平台')}`,
  );
});
