import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Myself, Role } from '../../contract/platform/roles.ts';
import type { Locale } from '../../contract/words/localized.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import { explainOfCenter } from '../../messages/of-center.ts';
import { type PlatformTranslate, platformTranslator } from '../../messages/platform/index.ts';
import type { PlatformApi, Standing } from './api.ts';

/** What every page of the platform may use. */
export type Platform = {
  readonly api: PlatformApi;
  readonly ask: PlatformApi['ask'];
  readonly locale: Locale;
  readonly t: PlatformTranslate;
  readonly explain: (reason: ReasonCode) => string;
  /** Whoever is logged in; nobody on the pages before that. */
  readonly me: Myself | undefined;
  /** Somebody logged in, or out. */
  readonly setMe: (me: Myself | undefined) => void;
};

const Context = createContext<Platform | undefined>(undefined);

export function usePlatform(): Platform {
  const platform = useContext(Context);
  if (!platform) throw new Error('outside of the platform');
  return platform;
}

/** Whether whoever is logged in has one of these roles anywhere. */
export function useHasRole(...roles: readonly Role[]): boolean {
  const { me } = usePlatform();
  return me?.roles.some(({ role }) => roles.includes(role)) ?? false;
}

export const useStanding = (): Standing => {
  const { api } = usePlatform();
  return useSyncExternalStore(api.subscribe, api.standing);
};

type ProviderProps = Pick<Platform, 'api' | 'locale' | 'me' | 'setMe'> & { readonly children: ReactNode };

export function PlatformProvider({ api, locale, me, setMe, children }: ProviderProps) {
  const value = useMemo<Platform>(
    () => ({
      ...{ api, ask: api.ask, locale, me, setMe, t: platformTranslator(locale) },
      explain: (reason) => explainOfCenter(reason, locale),
    }),
    [api, locale, me, setMe],
  );
  return <Context value={value}>{children}</Context>;
}
