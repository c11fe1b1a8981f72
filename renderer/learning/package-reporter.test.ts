import { expect, it } from 'vitest';
import { openReporter } from './package-reporter.ts';

it('what was said last is brought, one at a time, and again where it was not taken', async () => {
  const sent: string[] = [];
  let atOnce = 0;
  let refuses = 2;
  const reporter = openReporter<string>(async (said) => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    sent.push(said);
    await Promise.resolve();
    atOnce -= 1;
    if (refuses-- > 0) throw new Error('not now');
  }, 1);
  for (const said of ['a', 'b', 'c']) reporter.put(said);
  await reporter.settled();
  // The first was on its way; what came between is not worth a word.
  expect(sent).toEqual(['a', 'c', 'c']);
  reporter.put('d');
  await reporter.settled();
  expect(sent.at(-1)).toBe('d');
});

it('one that was stopped tries no more', async () => {
  let tries = 0;
  const reporter = openReporter<string>(async () => {
    tries += 1;
    throw new Error('never');
  }, 1);
  reporter.put('a');
  await new Promise((resolve) => setTimeout(resolve, 20));
  reporter.stop();
  await reporter.settled();
  const before = tries;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([tries > 1, tries]).toEqual([true, before]);
});
