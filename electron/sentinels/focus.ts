import type { Sentinel } from './sentinel.ts';

type FocusEvent = 'blur' | 'focus' | 'minimize' | 'hide';
export type FocusedWindow = {
  isFocused(): boolean;
  on(event: FocusEvent, listener: () => void): unknown;
  off(event: FocusEvent, listener: () => void): unknown;
};

/**
 * Shorter than this it is the window system that hiccuped. A locked kiosk takes the focus back after a moment (150 ms), so
 * whatever really took it away is longer.
 */
const SHORT_MS = 100;
/** Told while it lasts: a proctor should not hear of it only when it is over. */
const LONG_MS = 10_000;

/** The window is not the one that is typed into; how long, and whether it was out of sight. */
export function watchFocus(window: FocusedWindow, now: () => number = () => performance.now()): Sentinel {
  return {
    name: 'focus',
    watch(report) {
      let lostAt: number | undefined;
      let hidden = false;
      let long: NodeJS.Timeout | undefined;
      const lost = (): void => {
        if (lostAt !== undefined) return;
        lostAt = now();
        long = setTimeout(() => tell(), LONG_MS);
      };
      const outOfSight = (): void => {
        hidden = true;
        lost();
      };
      const tell = (): void => {
        if (lostAt === undefined) return;
        const lastedMs = Math.round(now() - lostAt);
        report({ reason: 'focus-lost', what: '', lastedMs });
      };
      const back = (): void => {
        clearTimeout(long);
        if (lostAt !== undefined && (hidden || now() - lostAt >= SHORT_MS)) tell();
        [lostAt, hidden] = [undefined, false];
      };
      if (!window.isFocused()) lost();
      window.on('blur', lost);
      window.on('focus', back);
      window.on('minimize', outOfSight);
      window.on('hide', outOfSight);
      return () => {
        clearTimeout(long);
        window.off('blur', lost);
        window.off('focus', back);
        window.off('minimize', outOfSight);
        window.off('hide', outOfSight);
      };
    },
  };
}
