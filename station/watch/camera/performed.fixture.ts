import type { ChallengeStep } from '../../../contract/page/view.ts';
import type { Gesture } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import { type FaceEngine, type Observation, type Picture, shippedCalibration } from '../../../native/face/index.ts';
import { AT_REST, openActor, type Pose } from '../../../native/face/performer/index.ts';
import type { LentFrame } from './camera.ts';
import { lookWhileAsking } from './challenge.ts';

/** From one picture to the next at check-in, when a look takes as long as it does on two busy processors. */
const [FRAME_MS, PAUSE_MS] = [80, 30];

/** What a camera sees at a moment of a challenge, as the networks see it. */
export type Scenery = (step: ChallengeStep, at: number, n: number) => Promise<Observation>;

/** Whether it passes the station's own way of asking, on a clock that is moved on rather than waited for. */
export async function asks(gestures: readonly Gesture[], scenery: Scenery): Promise<Reason | undefined> {
  let [at, n] = [0, 0];
  let step: ChallengeStep = { at: 1, of: gestures.length };
  const clock = {
    now: () => at,
    rest: async (ms: number) => {
      at += ms;
    },
  };
  const camera = { nextFrame: async () => ({ width: 1, height: 1, pixels: new Uint8Array(4) }) as LentFrame };
  const eyes = {
    observe: () => {
      at += FRAME_MS;
      return scenery(step, at, n++);
    },
  };
  const { challenge } = await lookWhileAsking(
    camera,
    eyes,
    gestures,
    {
      ...{ usable: 5, pauseMs: PAUSE_MS, signal: new AbortController().signal },
      sameFace: shippedCalibration.sameFace,
      onStep: (now) => {
        step = now;
      },
    },
    clock,
  );
  return challenge?.failure;
}

/** Poses are looked at once for each step of these. */
const STEPS: Pose = { yaw: 3, nearer: 0.1, closed: 0.5, open: 0.5 };

/** Looks at each picture once, however often it is shown. */
export function remembered(
  engine: FaceEngine,
  draw: (n: number, pose: Pose) => Picture,
): (n: number, pose: Pose) => Promise<Observation> {
  const known = new Map<string, Promise<Observation>>();
  return (n, pose) => {
    const rounded = (key: keyof Pose): number => Math.round(pose[key] / STEPS[key]) * STEPS[key];
    const near = { yaw: rounded('yaw'), nearer: rounded('nearer'), closed: rounded('closed'), open: rounded('open') };
    const key = [n, ...Object.values(near).map((value) => value.toFixed(2))].join();
    const seen =
      known.get(key) ?? engine.observe(copyOf(draw(n, near)), { depth: 'identify', gestures: true }).then(asOne);
    known.set(key, seen);
    return seen;
  };
}

/** Pictures are looked at in another order than they are shown: whose face it is is not followed, but known. */
const asOne = (seen: Observation): Observation => ({
  ...seen,
  faces: seen.faces.map((face, n) => ({ ...face, track: n + 1 })),
});

/** What is looked at moves away. */
export const copyOf = ({ width, height, pixels }: Picture): Picture => ({ width, height, pixels: pixels.slice() });

/** Somebody who does what is asked, each gesture made of one of their pictures. */
export function acted(look: (n: number, pose: Pose) => Promise<Observation>, random: () => number): Scenery {
  const actor = openActor(random);
  let n = 0;
  return ({ gesture, amount }, at) => {
    const pose = actor.pose({ gesture, amount }, at);
    if (!gesture && Object.entries(AT_REST).every(([key, value]) => pose[key as keyof Pose] === value)) n += 1;
    return look(Math.floor(n / PICTURES_LAST), pose);
  };
}
/** Frames for which one picture of somebody at rest is shown. */
const PICTURES_LAST = 3;
