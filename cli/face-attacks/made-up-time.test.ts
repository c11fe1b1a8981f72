import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MadeUpTime, openMadeUpTime } from './made-up-time.ts';

describe('a clock that is turned by hand', () => {
  let time: MadeUpTime;
  beforeEach(() => {
    time = openMadeUpTime();
  });
  afterEach(() => time[Symbol.dispose]());

  it('passes hours at once, and rings in order', async () => {
    const [began, really] = [performance.now(), process.hrtime.bigint()];
    const rung: string[] = [];
    const later = new Promise<void>((resolve) => setTimeout(resolve, 3_600_000)).then(() => void rung.push('an hour'));
    setTimeout(() => void rung.push('a second'), 1_000);
    setTimeout(() => void rung.push('at once, afterwards'));
    clearTimeout(setTimeout(() => void rung.push('never'), 10));
    await time.until(later);
    expect(rung).toEqual(['at once, afterwards', 'a second', 'an hour']);
    expect(performance.now() - began).toBeCloseTo(3_600_000, 3);
    expect(Number(process.hrtime.bigint() - really) / 1e9).toBeLessThan(60);
  });

  it('stands still while something is done outside of it', async () => {
    const began = performance.now();
    let outside = 0;
    const work = time.outside(
      new Promise<void>((resolve) => {
        const spin = (): void => void (++outside < 200 ? setImmediate(spin) : resolve());
        spin();
      }),
    );
    let rang = false;
    setTimeout(() => {
      rang = true;
    }, 1);
    await time.until(work.then(() => expect([rang, performance.now() - began]).toEqual([false, 0])));
  });

  it('says so where nobody waits for anything any more', async () => {
    await expect(time.until(new Promise(() => undefined))).rejects.toThrow('nobody waits');
  });

  it('hands on what failed', async () => {
    await expect(time.until(time.pass(5).then(() => Promise.reject(new Error('broken'))))).rejects.toThrow('broken');
  });
});

it('is gone when it is closed', () => {
  const real = [globalThis.setTimeout, globalThis.clearTimeout];
  openMadeUpTime()[Symbol.dispose]();
  expect([globalThis.setTimeout, globalThis.clearTimeout]).toEqual(real);
  const before = performance.now();
  expect(performance.now()).toBeGreaterThanOrEqual(before);
});
