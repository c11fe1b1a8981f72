import { useEffect, useMemo, useRef, useState } from 'react';
import type { ShellTrouble } from '../contract/page/shell-trouble.ts';
import type { StationView } from '../contract/page/view.ts';
import { Locale } from '../contract/words/localized.ts';
import { assertNever } from '../contract/words/reasons.ts';
import { explain, translator } from '../messages/index.ts';
import { CapturingScreen } from './candidate/capturing.tsx';
import { ConsentingScreen } from './candidate/consenting.tsx';
import { EnrollingScreen } from './candidate/enrolling.tsx';
import { HostBar } from './candidate/host-bar.tsx';
import { IdleScreen } from './candidate/idle.tsx';
import { LookOverlay } from './candidate/look-overlay.tsx';
import { NotReadyScreen } from './candidate/not-ready.tsx';
import { PausedScreen } from './candidate/paused.tsx';
import { RefusedScreen } from './candidate/refused.tsx';
import { ResultScreen } from './candidate/result.tsx';
import { TopBar } from './candidate/top-bar.tsx';
import { UnlockScreen } from './candidate/unlock.tsx';
import { Page, type PageContext, useLink, usePage, useTrouble } from './context.ts';
import { ReadingDialog } from './design/dialog.tsx';
import { Steps } from './design/steps.tsx';
import { forget, useKept } from './design/use-kept.ts';
import { ExamScreen } from './exam/exam.tsx';
import type { PageCamera } from './link/camera.ts';
import { openPictureStore } from './link/pictures.ts';
import type { ShellTroubleSource } from './link/shell-trouble.ts';
import type { Link, StationLink } from './link/station.ts';
import { DecisionNote } from './proctor/decision-note.tsx';
import { WayOut } from './proctor/way-out.tsx';
import { ReadinessScreen } from './terminal/readiness.tsx';
import { SetUpScreen } from './terminal/set-up.tsx';

type OpenLink = Extract<Link, { state: 'open' }>;
const HOME: Locale = 'zh';

type AppProps = {
  readonly station: StationLink;
  readonly camera: PageCamera;
  readonly trouble: ShellTroubleSource;
};

export function App({ station, camera, trouble: shell }: AppProps) {
  const [locale, setLocale] = useKept('locale', Locale, HOME);
  const link = useLink(station);
  const trouble = useTrouble(shell);
  const last = useRef<OpenLink>(undefined);
  if (link.state === 'open') last.current = link;
  const shown = last.current;
  const stage = shown?.view.current.stage;

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
      locale,
      t: translator(locale),
      explain: (reason) => explain(reason, locale),
    }),
    [station, camera, pictures, badges, pin, code, administrator, locale],
  );
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  // The next candidate starts in the language of the house, and with nothing of the last one's paper.
  useEffect(() => {
    if (stage !== 'idle') return;
    setLocale(HOME);
    forget('text-size');
    pictures.clear();
  }, [stage, setLocale, pictures]);

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
      {shown && (
        <div className="page" inert={link.state !== 'open'}>
          <HostBar host={shown.view.station.host} />
          <TopBar
            view={shown.view}
            onLanguage={toggle}
            onReadiness={stage === 'idle' ? () => setStaff(!staff) : undefined}
          />
          <Steps stage={shown.view.current} />
          <DecisionNote decisions={shown.view.decisions} />
          <LookOverlay look={shown.view.look} />
          {stage === 'idle' && (staff || setUp === 'needed') ? (
            <StaffScreen
              view={shown.view}
              staff={staff}
              onBack={() => setStaff(false)}
              onRecoveryCode={setRecoveryCode}
            />
          ) : (
            <Screen
              view={shown.view}
              receivedAt={shown.receivedAt}
              connected={link.state === 'open'}
              onReadiness={() => setStaff(true)}
            />
          )}
        </div>
      )}
      {recoveryCode && <RecoveryCode code={recoveryCode} onClose={() => setRecoveryCode(undefined)} />}
      {link.state !== 'open' && (trouble ? <Trouble trouble={trouble} /> : <Waiting link={link} />)}
    </Page>
  );
}

/** Stands before everything while there is no station to talk to. What was on the screen stays behind it. */
function Waiting({ link }: { readonly link: Exclude<Link, { state: 'open' }> }) {
  const { t, explain: inWords } = usePage();
  return (
    <div className="waiting" role="alert">
      {link.state === 'connecting' && <div className="spinner" aria-hidden="true" />}
      <h1>{link.state === 'connecting' ? t('app.connecting') : inWords(link.reason)}</h1>
      <WayOut />
    </div>
  );
}

/** The station cannot run: what is wrong, what to do, and what to say to whoever is called. It is tried again meanwhile. */
function Trouble({ trouble: { reason, detail } }: { readonly trouble: ShellTrouble }) {
  const { t, explain: inWords } = usePage();
  return (
    <div className="waiting trouble" role="alert" data-screen="trouble" data-reason={reason}>
      <h1>{t('trouble.title')}</h1>
      <p className="lead">{inWords(reason)}</p>
      <p className="muted">{t('trouble.again')}</p>
      <code>
        {reason} {detail}
      </code>
      <WayOut />
    </div>
  );
}

type StaffProps = {
  readonly view: StationView;
  /** Asked for by whoever stands there; a new terminal asks by itself. */
  readonly staff: boolean;
  readonly onBack: () => void;
  readonly onRecoveryCode: (code: string | undefined) => void;
};

/** Nobody sits here: how ready the station is, and what it is. */
function StaffScreen({ view, staff, onBack, onRecoveryCode }: StaffProps) {
  const [settings, setSettings] = useState(false);
  const { setUp } = view;
  const saved = (recoveryCode: string | undefined) => {
    setSettings(false);
    onRecoveryCode(recoveryCode);
  };
  if (!staff && setUp) return <SetUpScreen how={setUp} onDone={saved} />;
  if (settings && setUp) return <SetUpScreen how={setUp} onDone={saved} onBack={() => setSettings(false)} />;
  return <ReadinessScreen view={view} onBack={onBack} onSettings={setUp && (() => setSettings(true))} />;
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
  readonly receivedAt: number;
  readonly connected: boolean;
  readonly onReadiness: () => void;
};

function Screen({ view: { current: stage, devices, readiness }, receivedAt, connected, onReadiness }: ScreenProps) {
  switch (stage.stage) {
    case 'idle':
      if (readiness.status === 'NOT READY') return <NotReadyScreen notice={stage.notice} onReadiness={onReadiness} />;
      return <IdleScreen stage={stage} reads={devices.reader.state !== 'failed'} />;
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
    case 'paused': {
      const active = connected && stage.stage === 'in-progress';
      return (
        <>
          <ExamScreen key={stage.sittingId} stage={stage} receivedAt={receivedAt} active={active} />
          {stage.stage === 'paused' && <PausedScreen stage={stage} />}
        </>
      );
    }
    case 'result':
      return <ResultScreen stage={stage} />;
    default:
      return assertNever(stage);
  }
}
