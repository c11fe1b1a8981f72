import { useEffect, useMemo, useState } from 'react';
import type { Locale } from '../contract/localized.ts';
import { explain, translator } from '../contract/messages/index.ts';
import { assertNever } from '../contract/reasons.ts';
import type { Stage } from '../contract/view.ts';
import type { PageCamera } from './connection/camera.ts';
import type { StationLink } from './connection/station.ts';
import { Page, type PageContext, useLink } from './context.ts';
import { Steps } from './parts/steps.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { CapturingScreen } from './screens/capturing.tsx';
import { ConsentingScreen } from './screens/consenting.tsx';
import { EnrollingScreen } from './screens/enrolling.tsx';
import { ExamScreen } from './screens/exam.tsx';
import { IdleScreen } from './screens/idle.tsx';
import { PausedScreen } from './screens/paused.tsx';
import { RefusedScreen } from './screens/refused.tsx';
import { ResultScreen } from './screens/result.tsx';
import { UnlockScreen } from './screens/unlock.tsx';

export function App({ station, camera }: { readonly station: StationLink; readonly camera: PageCamera }) {
  const [locale, setLocale] = useState<Locale>('zh');
  const link = useLink(station);
  const page = useMemo<PageContext>(
    () => ({ station, camera, locale, t: translator(locale), explain: (reason) => explain(reason, locale) }),
    [station, camera, locale],
  );
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);

  const stage = link.state === 'open' ? link.view.current.stage : undefined;
  // Somebody who listens instead of looking must hear that the screen changed.
  useEffect(() => {
    if (stage) document.querySelector<HTMLElement>('main')?.focus();
  }, [stage]);

  const toggle = () => setLocale(locale === 'zh' ? 'en' : 'zh');
  if (link.state !== 'open') {
    return (
      <main className="screen centred" aria-live="polite">
        <div className="spinner" aria-hidden="true" />
        <h1>{link.state === 'connecting' ? page.t('app.connecting') : page.explain(link.reason)}</h1>
      </main>
    );
  }
  const { current } = link.view;
  return (
    <Page value={page}>
      <TopBar view={link.view} onLanguage={toggle} />
      <Steps stage={current} />
      <Screen stage={current} receivedAt={link.receivedAt} />
    </Page>
  );
}

function Screen({ stage, receivedAt }: { readonly stage: Stage; readonly receivedAt: number }) {
  switch (stage.stage) {
    case 'idle':
      return <IdleScreen stage={stage} />;
    case 'enrolling':
      return <EnrollingScreen stage={stage} />;
    case 'consenting':
      return <ConsentingScreen stage={stage} />;
    case 'capturing':
      return <CapturingScreen stage={stage} />;
    case 'refused':
      return <RefusedScreen stage={stage} />;
    case 'awaiting-unlock':
      return <UnlockScreen stage={stage} />;
    case 'in-progress':
      return <ExamScreen key={stage.sittingId} stage={stage} receivedAt={receivedAt} />;
    case 'paused':
      return <PausedScreen stage={stage} />;
    case 'result':
      return <ResultScreen stage={stage} />;
    default:
      return assertNever(stage);
  }
}
