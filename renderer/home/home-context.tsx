import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Locale } from '../../contract/words/localized.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import { explainAtHome } from '../../messages/at-home.ts';
import type { MessageKey } from '../../messages/index.ts';
import type { Speech } from '../../messages/speech.ts';
import { Page, type PageContext, usePage } from '../context.ts';
import type { StationLink } from '../link/station.ts';
import type { HomeApi, Standing } from './api.ts';
import { linkTo, NO_CAMERA, PICTURES } from './page-link.ts';

const Home = createContext<HomeApi | undefined>(undefined);

export function useHome(): HomeApi {
  const api = useContext(Home);
  if (!api) throw new Error('outside of the page');
  return api;
}

export const useStanding = (): Standing => {
  const { standing, subscribe } = useHome();
  return useSyncExternalStore(subscribe, standing);
};

/** What a station says of its proctors is said otherwise where there are none. */
const SAID_HERE: Readonly<Partial<Record<MessageKey, MessageKey>>> = {
  'learning.cannot-play': 'home.cannot-play',
  'learning.cannot-show': 'home.cannot-show',
};

type ProviderProps = {
  readonly api: HomeApi;
  readonly speech: Speech;
  readonly locale: Locale;
  readonly children: ReactNode;
};

/** What every page at home may use, and what screens of a station find around them here. */
export function HomeProvider({ api, speech, locale, children }: ProviderProps) {
  const page = useMemo<PageContext>(() => {
    const t: PageContext['t'] = (key, values) => speech.t(SAID_HERE[key] ?? key, values);
    const explain = (reason: ReasonCode): string => explainAtHome(reason, speech);
    return {
      ...{ station: linkTo({}), camera: NO_CAMERA, pictures: PICTURES, badges: false },
      ...{ waits: { pin: 0, code: 0, administrator: 0 }, arrangements: {} },
      ...{ locale, contentLocale: locale, chooseContent: () => undefined, t, explain },
    };
  }, [speech, locale]);
  return (
    <Home value={api}>
      <Page value={page}>{children}</Page>
    </Home>
  );
}

/** The same, with what is answered within it. */
export function Answering({ station, children }: { readonly station: StationLink; readonly children: ReactNode }) {
  const page = usePage();
  const within = useMemo(() => ({ ...page, station }), [page, station]);
  return <Page value={within}>{children}</Page>;
}
