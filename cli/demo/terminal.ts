import type { Kiosk } from './kiosk.ts';
import type { Site } from './site.ts';

/** Where the station is shown: in a plain Chromium by the browser host, or in the kiosk on a real Electron. */
export const HOSTS = ['browser', 'electron'] as const;
export type HostName = (typeof HOSTS)[number];

export type Host = AsyncDisposable & {
  readonly name: HostName;
  /** Who runs the station there. */
  readonly runs: 'station' | 'kiosk';
  /** A terminal on which the station is shown. @param story what its camera sees; without one there is no camera */
  openTerminal(site: Site, folder: string, name: string, story: Uint8Array | undefined): Promise<Terminal>;
};

export type Terminal = AsyncDisposable & {
  /** Somebody in front of it; another one once it was started again. */
  readonly kiosk: Kiosk;
  /** What can be ended there without asking, each with its way back. */
  readonly crashes: readonly { readonly name: string; happen(): Promise<void> }[];
};
