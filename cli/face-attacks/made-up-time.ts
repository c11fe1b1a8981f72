/**
 * A clock that is turned by hand. The station's own code runs as it is, which reads `performance.now` and waits with
 * `setTimeout`: while this is open, both are of this clock, and seconds of waiting take no time.
 */
export type MadeUpTime = Disposable & {
  /** What is done meanwhile takes real time, and none on this clock. */
  outside<T>(work: Promise<T>): Promise<T>;
  /** Waits on this clock. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until this is done. @throws Error where nothing is waited for any more, and it is not */
  until<T>(work: Promise<T>): Promise<T>;
};

type Timer = { readonly at: number; readonly order: number; readonly ring: () => void };
const TOLD_AFTER_TURNS = 6;

export function openMadeUpTime(): MadeUpTime {
  const real = { setTimeout, clearTimeout, now: performance.now };
  const timers = new Map<number, Timer>();
  const working = new Set<Promise<unknown>>();
  let [now, order] = [performance.now(), 0];

  const wait = (ring: () => void, ms = 0): number => {
    order += 1;
    timers.set(order, { at: now + Math.max(ms, 0), order, ring });
    return order;
  };
  const next = (): Timer | undefined =>
    [...timers.values()].reduce<Timer | undefined>((first, timer) => {
      const earlier = !first || timer.at < first.at || (timer.at === first.at && timer.order < first.order);
      return earlier ? timer : first;
    }, undefined);
  const turn = (): void => {
    const timer = next();
    if (!timer) throw new Error('nobody waits for anything, and it is not done');
    timers.delete(timer.order);
    now = timer.at;
    timer.ring();
  };
  /** Until whatever follows from the last moment has happened. */
  const settled = async (): Promise<void> => {
    do {
      await Promise.allSettled(working);
      for (let n = 0; n < TOLD_AFTER_TURNS; n++) await new Promise(setImmediate);
    } while (working.size > 0);
  };
  globalThis.setTimeout = ((ring: () => void, ms?: number) => wait(ring, ms)) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((id?: number) => void timers.delete(id ?? 0)) as typeof clearTimeout;
  performance.now = () => now;
  return {
    outside(work) {
      working.add(work);
      return work.finally(() => void working.delete(work));
    },
    pass: (ms) => new Promise((resolve) => void wait(() => resolve(), ms)),
    async until(work) {
      let done = false;
      const mark = (): void => {
        done = true;
      };
      work.then(mark, mark);
      for (await settled(); !done; await settled()) turn();
      return work;
    },
    [Symbol.dispose]() {
      globalThis.setTimeout = real.setTimeout;
      globalThis.clearTimeout = real.clearTimeout;
      performance.now = real.now;
    },
  };
}
