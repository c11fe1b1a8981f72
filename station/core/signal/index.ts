/**
 * Tells listeners that something changed, after whoever changed it was answered. Nobody who makes a change waits for a
 * listener, or fails because one does; several changes at once are told once.
 */
export type Signal = {
  /** Listeners hear in the order in which they came. */
  on(listener: () => void): void;
  /** Something changed. */
  tell(): void;
  /** Tells what is still untold, now: at the end of a program, before what listeners work with is closed. */
  settle(): void;
};

/** A listener that changes something each time it hears of a change would be told for ever. */
const MOST_ROUNDS = 100;

/** @param onFault hears what a listener threw; the others are told all the same */
export function openSignal(onFault: (error: unknown) => void): Signal {
  const listeners: (() => void)[] = [];
  let untold = false;
  let telling = false;
  let scheduled: NodeJS.Immediate | undefined;

  const round = (): void => {
    untold = false;
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        onFault(error);
      }
    }
  };
  const settle = (): void => {
    clearImmediate(scheduled);
    scheduled = undefined;
    // What a listener changes is told in the next round, to all of them, and never from inside of this one.
    if (telling) return;
    telling = true;
    let rounds = 0;
    while (untold && rounds++ < MOST_ROUNDS) round();
    telling = false;
    if (untold) onFault(new Error('listeners change something whenever they hear of a change'));
    untold = false;
  };
  return {
    on: (listener) => void listeners.push(listener),
    tell() {
      untold = true;
      if (!telling) scheduled ??= setImmediate(settle);
    },
    settle,
  };
}
