import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { StationView } from '../contract/page/view.ts';
import { assertNever } from '../contract/words/reasons.ts';
import { type Speech, speechOf } from '../messages/speech.ts';
import { CapturingScreen } from './candidate/capturing.tsx';
import { ChoosingScreen } from './candidate/choosing.tsx';
import { ConsentingScreen } from './candidate/consenting.tsx';
import { EnrollingScreen } from './candidate/enrolling.tsx';
import { IdleScreen } from './candidate/idle.tsx';
import { NotReadyScreen } from './candidate/not-ready.tsx';
import { PausedScreen } from './candidate/paused.tsx';
import { RefusedScreen } from './candidate/refused.tsx';
import { ResultScreen } from './candidate/result.tsx';
import { UnlockScreen } from './candidate/unlock.tsx';
import { Page, type PageContext, useLink, usePage, useTrouble } from './context.ts';
import { useArrangements, useContentLanguage, useLanguage } from './design/arrangements.ts';
import { ReadingDialog } from './design/dialog.tsx';
import { forget } from './design/use-kept.ts';
import { ExamScreen } from './exam/exam.tsx';
import { HostBar } from './frame/host-bar.tsx';
import { LookOverlay } from './frame/look-overlay.tsx';
import { StaffLine } from './frame/staff-line.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { Trouble, Waiting } from './frame/waiting.tsx';
import { CourseResult } from './learning/course-result.tsx';
import type { PageCamera } from './link/camera.ts';
import { openPictureStore } from './link/pictures.ts';
import type { ShellTroubleSource } from './link/shell-trouble.ts';
import type { Link, StationLink } from './link/station.ts';
import { DecisionNote } from './proctor/decision-note.tsx';

/** Not where exams are sat: it comes from this machine, when somebody studies. */
const LearningScreen = lazy(() => import('./learning/learning.tsx').then((all) => ({ default: all.LearningScreen })));
/** Seldom: no candidate waits for it. */
const StaffScreen = lazy(() => import('./terminal/staff-screen.tsx').then((staff) => ({ default: staff.StaffScreen })));

type OpenLink = Extract<Link, { state: 'open' }>;

type AppProps = {
  readonly station: StationLink;
  readonly camera: PageCamera;
  readonly trouble: ShellTroubleSource;
  /** Where a screen is to be seen in a language that no product has. */
  readonly speech?: Speech;
};

export function App({ station, camera, trouble: shell, speech: given }: AppProps) {
  const link = useLink(station);
  const trouble = useTrouble(shell);
  const last = useRef<OpenLink>(undefined);
  if (link.state === 'open') last.current = link;
  const shown = last.current;
  const stage = shown?.view.current.stage;
  const arrangements = useArrangements(shown?.view.current);
  const [locale, setLocale] = useLanguage(stage, arrangements.language);
  const [contentLocale, chooseContent] = useContentLanguage(stage, locale);
  const speech = useMemo(() => given ?? speechOf(locale), [given, locale]);

  const pictures = useMemo(() => openPictureStore(station.call), [station]);
  const badges = (shown?.view.station.badges ?? false) && shown?.view.devices.reader.state === 'ready';
  const pin = deadline(shown?.view.waits.pinMs, shown?.receivedAt);
  const code = deadline(shown?.view.waits.codeMs, shown?.receivedAt);
  const administrator = deadline(shown?.view.waits.administratorMs, shown?.receivedAt);
  const page = useMemo<PageContext>(
    () => ({
      station,
      camera,
      pictures,
      badges,
      waits: { pin, code, administrator },
      arrangements,
      ...{ locale, contentLocale, chooseContent },
      t: speech.t,
      explain: speech.explain,
    }),
    [
      station,
      camera,
      pictures,
      badges,
      pin,
      code,
      administrator,
      arrangements,
      locale,
      contentLocale,
      chooseContent,
      speech,
    ],
  );
  useEffect(() => {
    const { documentElement: html } = document;
    [html.lang, html.dir] = [speech.tag, speech.direction];
  }, [speech]);
  // The next candidate starts with nothing of the last one's paper.
  useEffect(() => {
    if (stage !== 'idle') return;
    forget('text-size');
    pictures.clear();
  }, [stage, pictures]);

  // For whoever looks after the station: whoever sits down takes its place.
  const [staff, setStaff] = useState(false);
  useEffect(() => {
    if (stage !== 'idle') setStaff(false);
  }, [stage]);

  const setUp = shown?.view.setUp;
  /** One that was made when the settings were saved: it stays on the screen while the station starts anew. */
  const [recoveryCode, setRecoveryCode] = useState<string>();

  const toggle = () => setLocale(locale === 'zh' ? 'en' : 'zh');
  return (
    <Page value={page}>
      <I18nProvider locale={speech.region}>
        {shown && (
          <div className="page" inert={link.state !== 'open'}>
            <HostBar host={shown.view.station.host} />
            <TopBar
              view={shown.view}
              receivedAt={shown.receivedAt}
              connected={link.state === 'open'}
              onLanguage={toggle}
            />
            {stage === 'idle' && (staff || setUp === 'needed') ? (
              <Suspense>
                <StaffScreen
                  view={shown.view}
                  staff={staff}
                  onBack={() => setStaff(false)}
                  onRecoveryCode={setRecoveryCode}
                />
              </Suspense>
            ) : (
              <Screen view={shown.view} connected={link.state === 'open'} onReadiness={() => setStaff(true)} />
            )}
            <StaffLine view={shown.view} onReadiness={stage === 'idle' ? () => setStaff(!staff) : undefined} />
            <DecisionNote decisions={shown.view.decisions} />
            <LookOverlay look={shown.view.look} />
          </div>
        )}
        {recoveryCode && <RecoveryCode code={recoveryCode} onClose={() => setRecoveryCode(undefined)} />}
        {link.state !== 'open' && (trouble ? <Trouble trouble={trouble} /> : <Waiting link={link} />)}
      </I18nProvider>
    </Page>
  );
}

/** Shown once, until somebody says that it is written down. */
function RecoveryCode({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const { t } = usePage();
  return (
    <ReadingDialog title={t('setup.recovery-title')} onClose={onClose}>
      <p>{t('setup.recovery-hint')}</p>
      <p className="seat-label" data-recovery-code>
        {code}
      </p>
    </ReadingDialog>
  );
}

const deadline = (waitMs = 0, receivedAt = 0): number => (waitMs > 0 ? receivedAt + waitMs : 0);

type ScreenProps = {
  readonly view: StationView;
  readonly connected: boolean;
  readonly onReadiness: () => void;
};

function Screen({ view, connected, onReadiness }: ScreenProps) {
  const { current: stage, devices, readiness, called = false } = view;
  switch (stage.stage) {
    case 'idle':
      if (readiness.status === 'NOT READY') return <NotReadyScreen notice={stage.notice} onReadiness={onReadiness} />;
      return <IdleScreen stage={stage} devices={devices} />;
    case 'enrolling':
      return <EnrollingScreen stage={stage} />;
    case 'choosing':
      return <ChoosingScreen stage={stage} />;
    case 'consenting':
      return <ConsentingScreen stage={stage} />;
    case 'capturing':
      return <CapturingScreen stage={stage} />;
    case 'refused':
      return <RefusedScreen stage={stage} called={called} />;
    case 'awaiting-unlock':
      return <UnlockScreen stage={stage} />;
    case 'in-progress':
    case 'paused':
      return (
        <>
          {stage.learning ? (
            <Suspense>
              <LearningScreen
                key={stage.sittingId}
                stage={stage}
                learning={stage.learning}
                active={connected && stage.stage === 'in-progress'}
              />
            </Suspense>
          ) : (
            <ExamScreen key={stage.sittingId} stage={stage} active={connected && stage.stage === 'in-progress'} />
          )}
          {stage.stage === 'paused' && <PausedScreen stage={stage} called={called} />}
        </>
      );
    case 'result':
      if (stage.learning) return <CourseResult stage={stage} learning={stage.learning} />;
      return <ResultScreen stage={stage} station={view.station.name} />;
    default:
      return assertNever(stage);
  }
}
