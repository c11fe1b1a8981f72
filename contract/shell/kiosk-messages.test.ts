import { expect, test } from 'vitest';
import { inShort, ShellMessage } from './kiosk-messages.ts';

test.each(['x'.repeat(5_000), '考'.repeat(5_000), 'keys: no bus'])('what is said in short is taken: %.20s', (text) => {
  const what = inShort(text);
  const observed = { kind: 'observed', observation: { reason: 'lockdown-failed', what, lastedMs: 0 } };
  const lockdown = { kind: 'lockdown', failed: [what] };
  for (const message of [observed, lockdown]) expect(ShellMessage.parse(message)).toEqual(message);
  expect(text.startsWith(what)).toBe(true);
});

test('what is longer is not taken', () => {
  expect(ShellMessage.safeParse({ kind: 'lockdown', failed: ['x'.repeat(5_000)] }).success).toBe(false);
});
