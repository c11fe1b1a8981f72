import { createRoot } from 'react-dom/client';
import { PSEUDO_LOCALES, pseudoSpeech } from '../../messages/pseudo.ts';
import { App } from '../app.tsx';
import type { StationLink } from '../link/station.ts';
import '../styles.ts';
import { drawnCamera, drawnPhoto } from './drawn-camera.ts';
import { Parts } from './parts.tsx';
import { SAMPLE_COURSE, SAMPLE_FORM, SCREENS, sampleDossier, sampleSeen, sampleView } from './samples.ts';

/**
 * `npm run gallery`: every screen, with what a station would say, and what screens are made of. For whoever changes how
 * something looks: nothing behind it runs, and no kiosk has it.
 */
const asked = new URLSearchParams(location.search);
const screen = asked.get('screen') ?? '';
/** `?locale=pseudo` and `?locale=rtl`: in a language that nobody speaks, which shows what does not fit. */
const pseudo = PSEUDO_LOCALES.find((one) => one === asked.get('locale'));
const speech = pseudo && pseudoSpeech(pseudo);

const photo = drawnPhoto();

/** Some take their time. */
const REPLIES: Readonly<Record<string, unknown>> = {
  form: SAMPLE_FORM,
  course: SAMPLE_COURSE,
  mistakes: { mistakes: [] },
  'proctor.open': { desk: 'dk_1', name: '赵建国' },
  'proctor.dossier': sampleDossier(screen),
  'proctor.photos': screen === 'declined' ? { base64: [] } : photo.then((base64) => ({ base64: [base64] })),
  'proctor.look': photo.then((base64) => ({ faces: sampleSeen(screen, base64) })),
  'proctor.picture': photo.then((base64) => ({ base64 })),
  stations: { stations: [{ id: 'st_2222abcd', name: '二号考站' }] },
};

function sampleStation(): StationLink {
  const link = { state: 'open', view: sampleView(screen), receivedAt: performance.now() } as const;
  const call = (method: string) => Promise.resolve(REPLIES[method] ?? {});
  return {
    current: () => link,
    subscribe: () => () => undefined,
    call: call as StationLink['call'],
    sendFrame: () => undefined,
    onFrameWanted: () => undefined,
    onOpen: () => undefined,
  };
}

function Gallery() {
  if (screen === '') return <Parts screens={SCREENS} />;
  const stream = drawnCamera();
  const nothing = () => () => undefined;
  return (
    <App
      station={sampleStation()}
      camera={{ stream: () => stream, subscribe: nothing }}
      trouble={{ current: () => null, subscribe: nothing }}
      {...(speech && { speech })}
    />
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(<Gallery />);
