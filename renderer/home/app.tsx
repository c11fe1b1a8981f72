import { useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Locale } from '../../contract/words/localized.ts';
import { assertNever } from '../../contract/words/reasons.ts';
import { speechOf } from '../../messages/speech.ts';
import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { useStored } from '../link/use-stored.ts';
import type { HomeApi } from './api.ts';
import { CertificatePage } from './certificate-page.tsx';
import { CoursePage } from './course-page.tsx';
import { ExamsPage } from './exams-page.tsx';
import { AwayBar, HomeBar } from './frame.tsx';
import { HomeProvider, useStanding } from './home-context.tsx';
import { InvitationPage } from './invitation-page.tsx';
import { MockPage } from './mock-page.tsx';
import { ResultPage } from './result-page.tsx';
import { routeOf, useFragment } from './route.ts';
import { StartPage } from './start-page.tsx';
import { TurnPage } from './turn-page.tsx';

/** Learning at home, on a phone or a computer. */
export function App({ api }: { readonly api: HomeApi }) {
  const [locale, setLocale] = useStored('home-language', Locale, 'zh');
  const speech = useMemo(() => speechOf(locale), [locale]);
  useEffect(() => {
    const { documentElement: html } = document;
    [html.lang, html.dir] = [speech.region, speech.direction];
    document.title = speech.t('home.title');
  }, [speech]);
  return (
    <HomeProvider api={api} speech={speech} locale={locale}>
      <I18nProvider locale={speech.region}>
        <div className="home">
          <HomeBar onLanguage={() => setLocale(locale === 'zh' ? 'en' : 'zh')} />
          <AwayBar />
          <Place />
        </div>
      </I18nProvider>
    </HomeProvider>
  );
}

function Place() {
  const fragment = useFragment();
  const standing = useStanding();
  const route = routeOf(fragment);
  // Another place begins at its top; a browser keeps where the last one was scrolled to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each place
  useEffect(() => void scrollTo(0, 0), [fragment]);
  if (route.at === 'invitation') return <InvitationPage secret={route.secret} />;
  if (standing === 'signed-out') return <SignedOut />;
  switch (route.at) {
    case 'start':
      return <StartPage />;
    case 'course':
      return <CoursePage key={route.examId} examId={route.examId} lessonId={route.lessonId} />;
    case 'mock':
      return <MockPage key={route.id} id={route.id} />;
    case 'exams':
      return <ExamsPage />;
    case 'turn':
      return <TurnPage key={route.id} id={route.id} />;
    case 'result':
      return <ResultPage key={route.sittingId} sittingId={route.sittingId} />;
    case 'certificate':
      return <CertificatePage key={route.number} number={route.number} />;
    default:
      return assertNever(route);
  }
}

/** There is nothing to type: who comes back later asks for another invitation. */
function SignedOut() {
  const { t } = usePage();
  return (
    <Main screen="signed-out" className="home-page narrow">
      <h1>{t('home.signed-out')}</h1>
      <p className="lead">{t('home.how-in')}</p>
    </Main>
  );
}
