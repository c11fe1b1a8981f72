import { expect, it } from 'vitest';
import { z } from 'zod';
import { openLineChild } from './line-child.ts';

const node = (program: string) => openLineChild(process.execPath, ['-e', program]);
const ECHO = `require('readline').createInterface({ input: process.stdin })
  .on('line', (line) => { console.log('noise'); require('fs').writeSync(3, line + '\\n'); })`;

it('answers in order, whatever is printed beside it', async () => {
  await using child = node(ECHO);
  const asked = [1, 2, 3].map((n) => child.ask(z.object({ n: z.int() }), { n }));
  expect(await Promise.all(asked)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

it("passes the child's errors on", async () => {
  await using child = node(ECHO);
  await expect(child.ask(z.unknown(), { error: 'no such graph' })).rejects.toThrow('no such graph');
});

it('says how a child ended that ends too early, also to who asks later', async () => {
  await using child = node(`console.error('out of memory'); process.exit(3)`);
  await expect(child.ask(z.unknown(), {})).rejects.toThrow('ended with 3: out of memory');
  await expect(child.ask(z.unknown(), {})).rejects.toThrow('ended with 3');
});

it('says that a program is not there', async () => {
  await using child = openLineChild('/nowhere/python3', []);
  await expect(child.ask(z.unknown(), {})).rejects.toThrow('/nowhere/python3 cannot be started');
});
