import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ShellTrouble } from '../contract/page/shell-trouble.ts';
import type { Arrangements } from '../contract/words/arrangements.ts';
import type { Locale } from '../contract/words/localized.ts';
import type { ReasonCode } from '../contract/words/reasons.ts';
import type { Translate } from '../messages/index.ts';
import type { PageCamera } from './link/camera.ts';
import type { PictureStore } from './link/pictures.ts';
import type { ShellTroubleSource } from './link/shell-trouble.ts';
import type { Link, StationLink } from './link/station.ts';

/** What every screen may use. */
export type PageContext = {
  readonly station: StationLink;
  readonly camera: PageCamera;
  readonly pictures: PictureStore;
  /** Whether proctors have badges here. */
  readonly badges: boolean;
  /** When the next PIN, the next code of a session, the next PIN of an administrator may be tried; on the page's clock, 0 where at once. */
  readonly waits: { readonly pin: number; readonly code: number; readonly administrator: number };
  /** What is registered for whoever sits here. */
  readonly arrangements: Arrangements;
  readonly locale: Locale;
  /** The language that questions are shown in, which need not be that of the screen. */
  readonly contentLocale: Locale;
  readonly chooseContent: (language: Locale) => void;
  readonly t: Translate;
  readonly explain: (reason: ReasonCode) => string;
};

export const Page = createContext<PageContext | undefined>(undefined);

export function usePage(): PageContext {
  const page = useContext(Page);
  if (!page) throw new Error('outside of the page');
  return page;
}

export const useLink = (station: StationLink): Link => useSyncExternalStore(station.subscribe, station.current);

export const useTrouble = (source: ShellTroubleSource): ShellTrouble | null =>
  useSyncExternalStore(source.subscribe, source.current);

export const useCameraStream = (camera: PageCamera): MediaStream | undefined =>
  useSyncExternalStore(camera.subscribe, camera.stream);
