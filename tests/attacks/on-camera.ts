import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { openPlayedCamera } from '../../cli/face-attacks/index.ts';
import { FRAME_HEADER_BYTES, writeFrameHeader } from '../../contract/page/frame.ts';
import { serve } from '../../contract/page/rpc/server.ts';
import { GESTURES, type Gesture } from '../../contract/words/exam.ts';
import type { LightAnswer } from '../../contract/words/light.ts';
import type { PictureSize } from '../../native/camera/index.ts';
import { linuxCameras } from '../../native/camera/linux.ts';
import { type FakeNode, fakeSys, LOOPBACK, WEBCAM } from '../../native/camera/machine.fixture.ts';
import { drawGestures, type Observation, shippedCalibration } from '../../native/face/index.ts';
import { type Body, bent, flat, shapeOn } from '../../native/face/judge/made.fixture.ts';
import type { Edit } from '../../native/presentation-attacks/index.ts';
import { openPageLine } from '../../station/page/index.ts';
import { aPerson, eyesThat, making } from '../../station/run/eyes.fixture.ts';
import { openBrowserHost } from '../../station/run/hosts/index.ts';
import { followFeed } from '../../station/watch/camera/feed.ts';
import { lookByLight, lookWhileAsking } from '../../station/watch/camera/index.ts';
import { asks } from '../../station/watch/camera/performed.fixture.ts';
import { AT_CHECK_IN_MS, DURING_EXAM_MS, drawnFilm, played } from '../../station/watch/camera/played.fixture.ts';
import { doubtDevice } from '../../station/watch/doubts.ts';
import type { Attack, Seen } from './attack.ts';

const FACE = new Float32Array(256).fill(1 / 16);
const CLIPS = ['rest', ...GESTURES] as const;
const REACTS_MS = 400;

/**
 * Eyes before films of a real person: they see whatever the film shows, which its first byte says; the three after it say how
 * the skin in it is lit, over what is behind.
 */
const beforeFilms = eyesThat(async ({ pixels }) => {
  const clip = CLIPS[pixels[0] ?? 0] ?? 'rest';
  const [red = 0, green = 0, blue = 0] = [...pixels.subarray(1, 4)].map((byte) => 0.2 + byte / 2_550);
  const light = { skin: [red, green, blue], around: [0.2, 0.2, 0.2], lost: 0 } as const;
  return { ...aPerson(FACE, making(clip === 'rest' ? undefined : clip)), light };
});

/** What becomes of a film: whether its gestures are believed, and what is said of its light. */
type Played = { readonly passed: boolean; readonly light: LightAnswer };

/**
 * A program in the page's place: it is told which gesture is asked for, and plays the film of it. Where it `tints`, it also
 * colours the face in each picture as the screen is coloured that it is told of.
 */
async function playFilms(drawn: number, tints = false): Promise<Played> {
  let asked: Gesture | undefined;
  let since = 0;
  let tint: readonly number[] = [0, 0, 0];
  const camera = openPlayedCamera(() => {
    const plays = asked && performance.now() - since > REACTS_MS ? asked : 'rest';
    const pixels = crypto.getRandomValues(new Uint8Array(16 * 16 * 4));
    pixels[0] = CLIPS.indexOf(plays);
    // As skin is never twice quite alike.
    pixels.set(
      tint.map((byte, c) => byte + (pixels[c + 4] ?? 0) / 64),
      1,
    );
    return { width: 16, height: 16, pixels };
  });
  const gestures = drawGestures((limit) => drawn % limit);
  const signal = AbortSignal.timeout(30_000);
  const { challenge, observations } = await lookWhileAsking(camera, beforeFilms, gestures, {
    ...{ usable: 5, pauseMs: 30, signal },
    sameFace: shippedCalibration.sameFace,
    onStep({ gesture }) {
      if (gesture !== asked) since = performance.now();
      asked = gesture;
    },
  });
  const light = await lookByLight(camera, beforeFilms, observations, {
    sameFace: shippedCalibration.sameFace,
    signal,
    onStep({ colour }) {
      if (tints) tint = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 2);
    },
  });
  return { passed: challenge?.failure === undefined, light };
}

const sixFilms = (tints: boolean): Promise<readonly Played[]> =>
  Promise.all(Array.from({ length: 6 }, (_, n) => playFilms(n, tints)));
/** Prints of a face, flat and bent round cylinders; radii in distances of the outer corners of the eyes. */
const PRINTS: readonly Body[] = [flat, bent(5), bent(1), bent(0.6)];
const TURNS = ['turn-left-far', 'turn-right-far'] as const satisfies Gesture[];

/** A print that is turned as is asked, before eyes that see where each point of it goes. */
async function turnsPrints(): Promise<Seen> {
  const failures = new Set<string>();
  for (const body of PRINTS) {
    const turned = (gesture: Gesture | undefined): Observation => {
      const { signs } = making(gesture);
      return { ...aPerson(FACE, { signs }), shape: shapeOn(body, { yaw: signs.yaw }) };
    };
    for (const gesture of TURNS) {
      let since = 0;
      const failure = await asks([gesture], async (step, at) => {
        if (!step.gesture) since = at;
        return turned(at - since > REACTS_MS ? step.gesture : undefined);
      });
      failures.add(failure ?? 'passed');
    }
  }
  return { outcome: failures.has('passed') ? 'open' : 'prevented', said: [...failures].join(', ') };
}

const foundOrNot = (loopedAfter: number | undefined): Seen =>
  loopedAfter === undefined
    ? { outcome: 'open', said: 'nobody is told' }
    : { outcome: 'detected', said: `feed-looped after ${loopedAfter.toFixed(0)} s` };

/** A short film, on and on, and its pictures changed. */
async function loop(edit: Edit): Promise<Seen> {
  const { loopedAfter } = await played(drawnFilm(1, 3), { seconds: 60, everyMs: DURING_EXAM_MS, edit });
  return foundOrNot(loopedAfter);
}

/** What is said of a label on a machine with these cameras, which a folder laid out as `/sys` says. */
function onMachineWith(nodes: readonly FakeNode[], label: string, size?: PictureSize): Seen {
  const folder = mkdtempSync(join(tmpdir(), 'exam-attack-'));
  try {
    const doubt = doubtDevice(label, linuxCameras(fakeSys(folder, nodes), folder), size);
    return doubt
      ? { outcome: 'detected', said: `${doubt.reason}: ${doubt.what}` }
      : { outcome: 'open', said: 'the machine has such a camera' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A station's host and its line to the page, which counts the frames that are read. */
async function withHost(use: (connect: () => WebSocket, frames: () => number) => Promise<Seen>): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'exam-attack-'));
  const line = openPageLine();
  let frames = 0;
  const onBytes = (): void => {
    frames += 1;
  };
  const reading = { methods: {}, handlers: {}, onTrouble: () => undefined, onBytes };
  const host = await openBrowserHost({
    ...{ page: folder, media: folder, port: 0, log: pino({ level: 'silent' }) },
    attach: (transport) => line.take(() => serve(transport, reading)),
  });
  const { origin, hash, host: address } = new URL(host.url);
  const connect = () => new WebSocket(`ws://${address}/station`, ['exam-station', hash.slice(1)], { origin });
  try {
    return await use(connect, () => frames);
  } finally {
    await host.close();
    rmSync(folder, { recursive: true });
  }
}

/** Whether a second connection, with the token of this launch, gets a frame to the station. */
const secondConnection = (): Promise<Seen> =>
  withHost(async (connect, frames) => {
    const message = new Uint8Array(FRAME_HEADER_BYTES + 16 * 16 * 4);
    writeFrameHeader(message, { ticket: 1, width: 16, height: 16, sequence: 1, capturedAt: 1 });
    const first = connect();
    await once(first, 'open');
    const second = connect();
    const closed = once(second, 'close');
    second.once('open', () => second.send(message));
    const reason = String((await closed)[1]);
    const taken = frames();
    // The page's own arrive all the same.
    first.send(message);
    for (let n = 0; n < 200 && frames() === taken; n++) await setTimeout(10);
    return taken === 0 && frames() === 1
      ? { outcome: 'prevented', said: reason }
      : { outcome: 'open', said: `${taken} frames taken, then ${frames()}` };
  });

/** Against the camera as a witness. */
export const attacksOnCamera: readonly Attack[] = [
  {
    name: 'film-of-the-gesture-asked-for',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'runs a program in the page’s place that is told which gesture is asked for and plays a film of it, six times (eyes that see what the film shows)',
    outcome: 'detected',
    by: 'the station, at check-in: a film does not take on the colours of the screen, and a proctor is told (`light-unanswered`); a film that moves too much to tell, or an exam that switches it off, is told of by nobody',
    told: ['light-unanswered'],
    async replay() {
      const films = await sixFilms(false);
      const told = films.filter(({ light }) => light.outcome === 'unanswered').length;
      const passed = films.filter((film) => film.passed).length;
      return told > films.length / 2
        ? { outcome: 'detected', said: `light-unanswered of ${told} of ${passed} whose gestures passed` }
        : { outcome: 'open', said: `${passed} of ${films.length} passed, ${told} told of` };
    },
  },
  {
    name: 'film-that-is-tinted',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'the same, and the program colours the face in each picture as the screen is coloured that it is told of',
    outcome: 'open',
    by: 'it would take pictures that only a camera here and now can take; what there is: a kiosk whose window alone speaks to the station, and a proctor',
    async replay() {
      const films = await sixFilms(true);
      const answered = films.filter(({ passed, light }) => passed && light.outcome === 'answered').length;
      return { outcome: answered > 0 ? 'open' : 'detected', said: `${answered} of ${films.length} answered` };
    },
  },
  {
    name: 'print-that-is-turned',
    about: 'camera',
    attacker: 'candidate',
    does: 'holds a print of a face before the camera, flat or bent, and turns it far, as is asked (points of a face, drawn)',
    outcome: 'prevented',
    by: 'the station, which asks again: nose and cheeks did not move as those of a head (`challenge-flat`); every draw has a gesture of eyes or mouth besides',
    told: ['challenge-flat'],
    replay: turnsPrints,
  },
  {
    name: 'film-shown-a-second-time',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'plays a film at one check-in and the same film, lighter and darker, at the next one within half an hour',
    outcome: 'detected',
    by: 'the station, within the look: a proctor is called (`feed-looped`)',
    told: ['feed-looped'],
    async replay() {
      const [feed, film] = [followFeed(), drawnFilm(2, 6)];
      const look = { seconds: 6, everyMs: AT_CHECK_IN_MS, feed };
      const first = await played(film, look);
      feed.beginAnew();
      const { loopedAfter } = await played(film, { ...look, edit: 'light' });
      if (first.loopedAfter !== undefined) throw new Error('the first one was doubted already');
      return foundOrNot(loopedAfter);
    },
  },
  {
    name: 'loop-with-changed-bits',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'plays three seconds on and on during an exam, one bit of each picture changed',
    outcome: 'detected',
    by: 'the station, within a minute: the proctor is told (`feed-looped`)',
    told: ['feed-looped'],
    replay: () => loop('one bit'),
  },
  {
    name: 'loop-edited',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'the same, each picture lighter or darker, shifted by a pixel and compressed anew, another time each time',
    outcome: 'detected',
    by: 'the station, within a minute: the proctor is told (`feed-looped`)',
    told: ['feed-looped'],
    replay: () => loop('all of these'),
  },
  {
    name: 'still-with-changed-bits',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'shows one picture on and on during an exam, one bit of it changed each time',
    outcome: 'detected',
    by: 'the station, within ten pictures: its camera counts as frozen (`camera-frozen`)',
    told: ['camera-frozen'],
    async replay() {
      const still = drawnFilm(3, 1 / 15);
      const { states } = await played(still, { seconds: 6, everyMs: DURING_EXAM_MS, edit: 'one bit' });
      const after = states.indexOf('frozen');
      return after < 0 || after > 10
        ? { outcome: 'open', said: 'nobody is told' }
        : { outcome: 'detected', said: `camera-frozen after ${after} pictures` };
    },
  },
  {
    name: 'frames-by-a-second-connection',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'connects a second time beside the page, with the token of this launch, and sends frames',
    outcome: 'prevented',
    by: 'one page is connected at a time; what a second one says is not read, and it is sent away',
    told: ['second-window'],
    replay: secondConnection,
  },
  {
    name: 'camera-that-is-not-there',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'has the page name a camera that the machine does not have (facts from a folder laid out as `/sys`)',
    outcome: 'detected',
    by: 'the station: a formal check-in waits for a proctor, and during an exam one is told (`camera-unmatched`)',
    told: ['camera-unmatched'],
    replay: async () => onMachineWith([WEBCAM], 'Another Camera (1234:5678)'),
  },
  {
    name: 'loopback-with-another-name',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'gives a loopback device the name of the real camera and has the page use it (facts from a folder laid out as `/sys`)',
    outcome: 'detected',
    by: 'the station: the device hangs on no bus (`camera-virtual`)',
    told: ['camera-virtual'],
    replay: async () => onMachineWith([WEBCAM, LOOPBACK], LOOPBACK.name),
  },
  {
    name: 'pictures-larger-than-the-camera',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'has a program in the page’s place name the camera that is plugged in, and sends pictures of a size that it has not (facts from a folder laid out as `/sys`)',
    outcome: 'detected',
    told: ['camera-unmatched'],
    by: 'the station, on Linux: a formal check-in waits for a proctor, and during an exam one is told (`camera-unmatched`)',
    async replay() {
      const on = { bus: 'usb', driver: 'uvcvideo', ...WEBCAM.on, sizes: [{ width: 640, height: 480 }] };
      return onMachineWith([{ ...WEBCAM, on }], 'HD Pro Webcam C920 (046d:082d)', { width: 1280, height: 720 });
    },
  },
  {
    name: 'real-camera-named-films-sent',
    about: 'camera',
    attacker: 'administrator of a station',
    does: 'has a program in the page’s place name the camera that is plugged in, and sends films (facts from a folder laid out as `/sys`)',
    outcome: 'open',
    by: 'it would take pictures signed by the camera; what there is: a kiosk whose window alone speaks to the station',
    replay: async () => onMachineWith([WEBCAM], 'HD Pro Webcam C920 (046d:082d)'),
  },
];
