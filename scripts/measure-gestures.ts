import type { Gesture } from '../contract/words/exam.ts';
import { feedNames, framesOf } from '../native/face/feeds.fixture.ts';
import {
  drawGestures,
  drawReturn,
  type FaceEngine,
  type Observation,
  openFaceEngine,
  type Picture,
} from '../native/face/index.ts';
import { everyDraw } from '../native/face/judge/draws.fixture.ts';
import { calmPictures, readPerformer } from '../native/face/performer/index.ts';
import { acted, asks, copyOf, remembered } from '../station/watch/camera/performed.fixture.ts';
import { MODELS } from '../tests/kit/face-models.ts';

/**
 * How often gestures are passed, every draw there is on every clip: by a performer who makes them (a simulation, made of the
 * clip's own pictures), by the clip played as it is, and by the clip's face printed, bent round a cylinder and moved as a
 * performer moves.
 */
const CALM_PICTURES = 1;
const TRIES = 2;
const RADII = [0.5, 1];
const OFFSETS = [0, 7, 13];
const PICTURE_MS = 1_000 / 15;
const TURNS: readonly (readonly Gesture[])[] = [
  ['turn-left-little'],
  ['turn-left-far'],
  ['turn-right-little'],
  ['turn-right-far'],
];

const draws = { checkIn: everyDraw(drawGestures), return: everyDraw(drawReturn) };
const people = feedNames.filter((name) => /^[A-Z]_/.test(name));
const only = process.argv.slice(2);
const chosen = people.filter((name) => only.length === 0 || only.some((one) => name.startsWith(one)));
const engine = await openFaceEngine(MODELS);
const ground = (await framesOf('empty_room.mjpeg'))[0] as Picture;

type Count = { tried: number; passed: number; readonly failures: Record<string, number> };
const newCount = (): Count => ({ tried: 0, passed: 0, failures: {} });
function add(count: Count, failure: string | undefined): void {
  count.tried += 1;
  if (failure) count.failures[failure] = (count.failures[failure] ?? 0) + 1;
  else count.passed += 1;
}
const counts = {
  genuineInTwo: newCount(),
  genuineReturnInTwo: newCount(),
  genuineTurnsAtOnce: newCount(),
  asItIs: newCount(),
  asItIsReturn: newCount(),
  print: newCount(),
  printTurns: Object.fromEntries(RADII.map((radius) => [radius, newCount()])),
};
const perClip: Record<string, { tried: number; passed: number; failures: Record<string, number> }> = {};

async function inTries(tries: number, attempt: () => Promise<string | undefined>): Promise<string | undefined> {
  const failure = await attempt();
  return failure && tries > 1 ? inTries(tries - 1, attempt) : failure;
}

async function performs(clip: readonly Picture[], name: string): Promise<void> {
  const calm = await calmPictures(engine, clip, CALM_PICTURES);
  const own = newCount();
  perClip[name] = own;
  if (calm.length === 0) return;
  const performer = await readPerformer(MODELS, calm);
  const look = remembered(engine, (n, pose) => performer.shows(n, pose));
  const once = (gestures: readonly Gesture[]) => asks(gestures, acted(look, Math.random));
  for (const gestures of draws.checkIn) {
    const failure = await inTries(TRIES, () => once(gestures));
    add(counts.genuineInTwo, failure);
    add(own, failure && `${failure}: ${gestures.join(' ')}`);
  }
  for (const gestures of draws.return) add(counts.genuineReturnInTwo, await inTries(TRIES, () => once(gestures)));
  for (const gestures of TURNS) add(counts.genuineTurnsAtOnce, await once(gestures));
  for (const radius of RADII) {
    const print = remembered(engine, (n, pose) => performer.printed(n, { ...pose, radius }, ground));
    for (const gestures of TURNS)
      add(counts.printTurns[radius] as Count, await asks(gestures, acted(print, Math.random)));
    for (const gestures of draws.return) add(counts.print, await asks(gestures, acted(print, Math.random)));
  }
}

async function plays(clip: readonly Picture[]): Promise<void> {
  const film: Observation[] = [];
  for (const picture of clip)
    film.push(await (engine as FaceEngine).observe(copyOf(picture), { depth: 'identify', gestures: true }));
  for (const offset of OFFSETS) {
    const shown = async (_: unknown, at: number): Promise<Observation> =>
      film[(Math.floor(at / PICTURE_MS) + offset) % film.length] as Observation;
    for (const gestures of draws.checkIn) add(counts.asItIs, await asks(gestures, shown));
    for (const gestures of draws.return) add(counts.asItIsReturn, await asks(gestures, shown));
  }
}

for (const name of chosen) {
  const clip = await framesOf(name);
  await performs(clip, name);
  await plays(clip);
  process.stderr.write(`${name} ${JSON.stringify(perClip[name])}\n`);
}
await engine.close();
process.stdout.write(
  `${JSON.stringify({ draws: { checkIn: draws.checkIn.length, return: draws.return.length }, ...counts }, null, 2)}\n`,
);
