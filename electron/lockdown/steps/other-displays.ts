import type { Step } from '../step.ts';

export type DisplayLike = {
  readonly id: number;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};
type DisplayEvent = 'display-added' | 'display-removed' | 'display-metrics-changed';

export type Screens = {
  getAllDisplays(): readonly DisplayLike[];
  on(event: DisplayEvent, listener: () => void): unknown;
  off(event: DisplayEvent, listener: () => void): unknown;
};

/** A black window that covers one display. */
export type Cover = { close(): void };

const EVENTS: readonly DisplayEvent[] = ['display-added', 'display-removed', 'display-metrics-changed'];

/** Every display but the kiosk's is black, also one that is plugged in later. */
export function coverOtherDisplays(
  screens: Screens,
  own: () => DisplayLike,
  cover: (display: DisplayLike) => Cover,
): Step {
  let covers: readonly Cover[] = [];
  const others = () => screens.getAllDisplays().filter(({ id }) => id !== own().id);
  const clear = (): void => {
    for (const one of covers) one.close();
    covers = [];
  };
  const renew = (): void => {
    clear();
    covers = others().map(cover);
  };
  const stop = (): void => {
    for (const event of EVENTS) screens.off(event, renew);
  };
  return {
    ...{ name: 'other-displays', scope: 'program' },
    absent: () => undefined,
    look: () => null,
    perform() {
      stop();
      for (const event of EVENTS) screens.on(event, renew);
      renew();
    },
    verify: () =>
      covers.length === others().length ? undefined : `${others().length} other displays, ${covers.length} covered`,
    revert() {
      stop();
      clear();
    },
  };
}
