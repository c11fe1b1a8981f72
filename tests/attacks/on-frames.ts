import { EventEmitter } from 'node:events';
import { CONNECT } from '../../electron/window/channels.ts';
import { PAGE_URL } from '../../electron/window/origin.ts';
import { openPageConnection } from '../../electron/window/page-connection.ts';
import type { Picture } from '../../native/face/index.ts';
import { noisy, shifted } from '../../native/presentation-attacks/index.ts';
import type { CurrentSitting } from '../../station/core/sitting/index.ts';
import { cameraHandlers } from '../../station/page/handlers/camera.ts';
import { followFeed } from '../../station/watch/camera/feed.ts';
import { openCamera } from '../../station/watch/camera/index.ts';
import { type Moments, openPace } from '../../station/watch/camera/pace.ts';
import { DURING_EXAM_MS, drawnFilm } from '../../station/watch/camera/played.fixture.ts';
import { openDevices, openSurroundings } from '../../station/watch/index.ts';
import type { Attack, Seen } from './attack.ts';

/** Somewhat more than a minute of a station's pictures. */
const PICTURES = 200;
const secondsUntil = (picture: number): string => `${((picture * DURING_EXAM_MS) / 1_000).toFixed(0)} s`;

/** One picture on and on, with noise that is new each time. */
function still(moved: (picture: Picture, turn: number) => Picture): Seen {
  const feed = followFeed();
  const [picture] = drawnFilm(4, 1 / 15) as [Picture];
  for (let turn = 1; turn <= PICTURES; turn++) {
    const { pixels, ...size } = moved(picture, turn);
    const state = feed.judge({ ...size, pixels: noisy(pixels, turn) });
    const found = feed.still ? 'camera-frozen' : state !== 'fine' && state;
    if (found) return { outcome: 'detected', said: `${found} after ${secondsUntil(turn)}` };
  }
  return { outcome: 'open', said: 'nobody is told' };
}

/** Frames with times like these, each at the station a moment after it was asked for. */
function timed(capturedAt: (honest: Moments, n: number) => number): Seen {
  const pace = openPace();
  const frames = Array.from({ length: PICTURES }, (_, n) => {
    const askedAt = n * DURING_EXAM_MS;
    return { askedAt, capturedAt: askedAt + 5, cameAt: askedAt + 20 };
  });
  const refused = frames.findIndex((honest, n) => !pace.keeps({ ...honest, capturedAt: capturedAt(honest, n) }));
  return refused < 0
    ? { outcome: 'open', said: `all ${PICTURES} frames taken` }
    : { outcome: 'prevented', said: `frame-malformed after ${secondsUntil(refused)}` };
}

/** Whether a frame is taken that answers what the page before was asked. */
async function ticketOfAnotherPage(): Promise<Seen> {
  const asked: number[] = [];
  const camera = openCamera((ticket) => void asked.push(ticket));
  const next = camera.nextFrame(200);
  camera.pageGone();
  camera.askAgain();
  const [ticket = 0] = asked;
  const pixels = new Uint8Array(16 * 16 * 4);
  camera.deliver({ ticket, width: 16, height: 16, sequence: 1, capturedAt: performance.now(), pixels });
  return typeof (await next) === 'string'
    ? { outcome: 'prevented', said: `ticket ${ticket} is void, another is asked` }
    : { outcome: 'open', said: 'the frame was taken' };
}

/** What the station does during an exam about what a page says of its camera, one report after the other. */
function reported(...cameras: readonly { readonly label?: string; readonly device?: string }[]): Seen {
  const [sitting, told]: [object, string[]] = [{ id: 'si_1', stage: 'in-progress', consent: true, exam: {} }, []];
  const execute = (command: object): void => void told.push('reason' in command ? String(command.reason) : '');
  const seat = { current: sitting, execute } as unknown as CurrentSitting;
  const devices = openDevices(() => undefined);
  const { 'camera.report': report } = cameraHandlers({
    ...{ seat, devices, camera: openCamera(() => undefined), surroundings: openSurroundings(seat) },
  });
  for (const camera of cameras) report({ state: 'live', ...camera });
  return told.length > 0 ? { outcome: 'detected', said: told.join() } : { outcome: 'open', said: 'nobody is told' };
}

/** Whether another window, or a frame in the page, gets a port to the station. */
function otherWindow(): Seen {
  const ipc = Object.assign(new EventEmitter(), { handle: () => undefined });
  const [given, refused]: unknown[][] = [[], []];
  const page = { postMessage: () => void given?.push('port'), send: () => undefined, isDestroyed: () => false };
  openPageConnection({
    ...{ ipc: ipc as never, page: page as never, openPort: () => 'port' },
    ...{ onAlive: () => undefined, onLeave: () => ({ waitMs: 0 }) },
    printer: { ready: async () => false, print: async () => false },
    log: (_level, _what, detail) => void refused?.push(detail?.reason),
  });
  const own = { url: PAGE_URL, parent: null };
  const strangers = [
    { sender: { ...page }, senderFrame: own },
    { sender: page, senderFrame: { url: PAGE_URL, parent: own } },
    { sender: page, senderFrame: { url: 'https://example.com/', parent: null } },
  ];
  for (const event of strangers) ipc.emit(CONNECT, event);
  return given?.length || refused?.length !== strangers.length
    ? { outcome: 'open', said: `${given?.length} ports given` }
    : { outcome: 'prevented', said: [...new Set(refused)].join() };
}

/** Against what binds frames to one page, one camera and now. */
export const attacksOnFrames: readonly Attack[] = [
  {
    name: 'still-with-noise',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'after check-in shows one picture on and on during an exam, with noise over it that is new each time',
    outcome: 'detected',
    told: ['camera-frozen'],
    by: 'the station, after a minute in which nothing moved: the exam is paused (`camera-frozen`)',
    replay: async () => still((picture) => picture),
  },
  {
    name: 'still-that-is-swung',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'the same, and swings the picture to and fro, never twice alike',
    outcome: 'open',
    by: 'it would take a sign of life asked for during the exam; gestures stop it at check-in and after a pause',
    replay: async () =>
      still((picture, turn) =>
        shifted(picture, Math.round(14 * Math.sin(turn / 5) + turn / 9), Math.round(9 * Math.sin(turn / 3.3))),
      ),
  },
  {
    name: 'frames-held-back',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'has a program between page and station hold frames back for three seconds, each with the time it was taken at',
    outcome: 'prevented',
    told: ['frame-malformed'],
    by: 'a frame is taken only where its time fits those of all before: else none comes, and the exam is paused (`camera-lost`)',
    replay: async () => timed(({ capturedAt }, n) => (n > 20 ? capturedAt - 3_000 : capturedAt)),
  },
  {
    name: 'recording-at-another-pace',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'plays recorded frames with the times they were taken at, a tenth too fast',
    outcome: 'prevented',
    told: ['frame-malformed'],
    by: 'a frame is taken only where its time fits those of all before: after some seconds none is, and the exam is paused (`camera-lost`)',
    replay: async () => timed(({ capturedAt }) => capturedAt * 1.1),
  },
  {
    name: 'recording-with-new-times',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'plays recorded frames, and writes the time of now into each',
    outcome: 'open',
    by: 'it would take times signed by the camera; what there is: a kiosk whose window alone speaks to the station',
    replay: async () => timed(({ cameAt }) => cameAt - 1),
  },
  {
    name: 'another-camera-of-the-same-name',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'during an exam has the page turn to a second camera of the same make, which has the same name',
    outcome: 'detected',
    told: ['camera-changed'],
    by: 'the station, at once, by the browser’s id of the device: the proctor is told (`camera-changed`)',
    replay: async () => reported({ label: 'C920', device: 'a'.repeat(64) }, { label: 'C920', device: 'b'.repeat(64) }),
  },
  {
    name: 'ticket-of-another-page',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'loads the page again, and answers in the new one with the ticket that the one before was given',
    outcome: 'prevented',
    told: ['is void'],
    by: 'each page is asked with tickets of its own',
    replay: ticketOfAnotherPage,
  },
  {
    name: 'frames-by-another-window',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'in the kiosk has another window, and a frame within the page, ask for a port to the station',
    outcome: 'prevented',
    told: ['origin-refused'],
    by: 'the shell gives a port to its own page alone',
    replay: async () => otherWindow(),
  },
];
