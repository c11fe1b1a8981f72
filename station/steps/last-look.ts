import type { CurrentSitting, Sitting } from '../core/sitting/index.ts';

/** Longer than a look takes, and one more where the first saw a face that was turned. */
const LAST_LOOK_MS = 5_000;

export type Looking = {
  readonly seat: CurrentSitting;
  /** Looks who sits here; settles after that, or never where nobody can look. */
  readonly lookNow: () => Promise<void>;
};

/** Whether presence pends that one more look would credit. */
const isPending = (sitting: Sitting | undefined): boolean =>
  sitting?.stage === 'in-progress' &&
  sitting.consent === true &&
  [...(sitting.learning?.lessons.values() ?? [])].some(({ pendingMs }) => pendingMs > 0);

/** Before a course is handed in: what was studied since the last look is not lost to whoever is still there. */
export async function lastLook({ seat, lookNow }: Looking): Promise<void> {
  const id = seat.current?.id;
  const until = performance.now() + LAST_LOOK_MS;
  while (seat.current?.id === id && isPending(seat.current) && performance.now() < until) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, until - performance.now());
    await Promise.race([lookNow(), promise]);
    clearTimeout(timer);
  }
}
