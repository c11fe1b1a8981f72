import { expect, it } from 'vitest';
import { openBackOff } from './back-off.ts';

/** How often it is really asked within so many rounds of five seconds, where each attempt takes so long and fails. */
async function attemptsIn(rounds: number, tookMs: number) {
  let [now, attempts] = [0, 0];
  const attempt = openBackOff(() => now);
  const said = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const work = async () => {
      attempts += 1;
      now += tookMs;
      throw new Error('no answer');
    };
    await attempt(work).catch((error: Error) => said.add(error.message));
    now += 5_000;
  }
  return { attempts, said: [...said] };
}

it('a center that does not answer in time is asked less and less often, and what is wrong is still said', async () => {
  const { attempts, said } = await attemptsIn(720, 15_000);
  expect(said).toEqual(['no answer']);
  // An hour: without it, one attempt in each 20 seconds.
  expect(attempts).toBeGreaterThan(10);
  expect(attempts).toBeLessThan(25);
});

it('one that says no at once is asked at each round', async () => {
  expect((await attemptsIn(20, 10)).attempts).toBe(20);
});

it('an answer in time ends it', async () => {
  let now = 0;
  const attempt = openBackOff(() => now);
  const late = async () => {
    now += 15_000;
    throw new Error('no answer');
  };
  await expect(attempt(late)).rejects.toThrow('no answer');
  now += 20_000;
  await attempt(async () => undefined);
  await expect(attempt(late)).rejects.toThrow('no answer');
  now += 20_000;
  await expect(attempt(async () => undefined)).resolves.toBeUndefined();
});
