import { Suspense, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import type { Myself } from '../../contract/platform/roles.ts';
import { Locale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { platformRegion } from '../../messages/platform/index.ts';
import { Main } from '../design/main.tsx';
import { useStored } from '../link/use-stored.ts';
import type { PlatformApi } from './api.ts';
import { PlatformProvider, usePlatform, useStanding } from './context.tsx';
import { AwayBar, Bar, Menu } from './frame.tsx';
import { FrontDoor } from './front-door.tsx';
import { isFor, PAGES } from './pages.ts';
import { addressFor, useFragment, useRoute } from './route.ts';

/** The platform: for whoever registers firms and workers, plans exams, and reads what came of them. */
export function App({ api }: { readonly api: PlatformApi }) {
  const [locale, setLocale] = useStored('platform-language', Locale, 'zh');
  const [me, setMe] = useState<Myself | undefined>();
  return (
    <PlatformProvider api={api} locale={locale} me={me} setMe={setMe}>
      <I18nProvider locale={platformRegion(locale)}>
        <Framed onLanguage={() => setLocale(locale === 'zh' ? 'en' : 'zh')} />
      </I18nProvider>
    </PlatformProvider>
  );
}

function Framed({ onLanguage }: { readonly onLanguage: () => void }) {
  const { t, locale, me } = usePlatform();
  useEffect(() => {
    document.documentElement.lang = platformRegion(locale);
    document.title = t('app.title');
  }, [t, locale]);
  return (
    <div className="platform">
      <Bar onLanguage={onLanguage} />
      <AwayBar />
      <div className="platform-body">
        {me && <Menu me={me} />}
        <Place />
      </div>
    </div>
  );
}

/** Whoever is known to the center goes on where they were; all others log in, and then do. */
function Place() {
  const { ask, me, setMe, t } = usePlatform();
  const fragment = useFragment();
  const { page, id } = useRoute();
  const standing = useStanding();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    ask(accountEndpoints.me, {}).then(
      (known) => {
        setMe(known);
        setAsked(true);
      },
      (error: unknown) => {
        if (!(error instanceof Refusal) || error.reason !== 'center-down') setAsked(true);
      },
    );
  }, [ask, setMe]);
  // Sessions end: whoever was here logs in again, at the same place.
  useEffect(() => {
    if (standing === 'logged-out') setMe(undefined);
  }, [standing, setMe]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place begins at its top
  useEffect(() => void scrollTo(0, 0), [fragment]);
  if (!asked)
    return (
      <Main screen="loading" className="page">
        <p>{t('app.loading')}</p>
      </Main>
    );
  // A photo is taken on whatever phone is at hand, whoever is logged in there.
  if (!me || page === 'photo') return <FrontDoor />;
  const found = PAGES.find((one) => one.name === page && isFor(one, me));
  if (!found) return <NotFound />;
  // What few open comes when it is opened.
  return (
    <Suspense fallback={<p>{t('app.loading')}</p>}>
      <found.Page key={`${page}/${id}`} id={id} />
    </Suspense>
  );
}

function NotFound() {
  const { t } = usePlatform();
  return (
    <Main screen="not-found" className="page">
      <h1>{t('app.not-found')}</h1>
      <a href={addressFor('start')}>{t('app.to-start')}</a>
    </Main>
  );
}
