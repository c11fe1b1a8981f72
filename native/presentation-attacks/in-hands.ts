import type { Gesture } from '../../contract/words/exam.ts';
import { AMOUNTS, wayOf } from '../../contract/words/gestures.ts';
import type { Picture } from '../face/index.ts';
import { ROOM } from '../face/performer/index.ts';
import { glared, type Spot } from './effects/glare.ts';
import { held } from './effects/hold.ts';
import type { Pose } from './effects/pose.ts';
import { drawnRoom } from './effects/room.ts';
import { sensed } from './effects/sensor.ts';
import { shoneOn } from './effects/shone-on.ts';
import { tremorAt } from './effects/tremor.ts';
import type { Moment } from './film.ts';
import { HEIGHT, type Sheet, WIDTH } from './picture.ts';
import { between, randomFrom } from './random.ts';

/** Somebody holds a sheet up before a camera, in a room, and turns it where a turn of the head is asked for. */
export type Hands = (sheet: Sheet, moment: Moment) => Picture;

export type Grip = {
  /** How large the picture on it is in the camera's, where 1 is as large as it was taken. */
  readonly scale: readonly [from: number, to: number];
  readonly bend: readonly [from: number, to: number];
  /** How much light it mirrors, in grey values. */
  readonly gloss: readonly [from: number, to: number];
  /** Of the picture on it, in pixels. */
  readonly height: number;
  /** How far from the middle it is held: 1 is as far as sheets are. */
  readonly apart?: number;
  /** Of what it turns about, behind it, in pixels of the picture: a neck; it is turned about itself where nothing is said. */
  readonly pivot?: number;
  /** How far it is turned where that is asked for: as far as a sheet where nothing is said. */
  readonly turn?: number;
  /** Where its middle is in the picture that it was cut from; the middle of that where nothing is said. */
  readonly place?: { readonly x: number; readonly y: number };
  /** Of the same size as the camera's pictures; a drawn room where nothing is said. */
  readonly behind?: Picture;
  /** How much of the station's light it gives back, where a face gives back 1: as much, where nothing is said. */
  readonly answers?: number;
};

const MIDDLE = { x: 0, y: 0 } as const;
const onWhatIsBehind = shoneOn(ROOM.reach.behind);
/** How far a sheet is turned at most, and how long a movement takes: farther it shows its edge, and nobody. */
const [TURN, MOVE_MS] = [0.6, 700];
/** A turn of so many degrees is as far as whoever holds a sheet turns it; a smaller one in proportion. */
const FAR = middleOf('turn-left-far');

export function inHands(seed: number, grip: Grip): Hands {
  const random = randomFrom(seed);
  const { apart = 1, place = MIDDLE, behind = drawnRoom(seed) } = grip;
  const scale = (between(random, ...grip.scale) * HEIGHT) / grip.height;
  const pose: Pose = {
    ...{ x: scale * place.x + apart * between(random, -25, 25), y: scale * place.y + apart * between(random, -15, 15) },
    ...{ scale, bend: between(random, ...grip.bend), pivot: grip.pivot ?? 0 },
    yaw: apart * between(random, -0.12, 0.12),
    pitch: apart * between(random, -0.1, 0.1),
    roll: apart * between(random, -0.05, 0.05),
  };
  const mirrored = between(random, ...grip.gloss);
  const lamp: Spot = {
    ...{ x: between(random, 0, WIDTH), y: between(random, 0, HEIGHT), light: mirrored },
    ...{ width: between(random, 60, 220), height: between(random, 40, 160) },
  };
  const onTheSheet = shoneOn(grip.answers ?? 1);
  return (sheet, moment) => {
    const { shone } = moment;
    const moved = movedBy(pose, tremorAt(seed, moment.at), turnedAs(moment, grip.turn), nearerAs(moment));
    const seen = held(onTheSheet(sheet, shone), moved, onWhatIsBehind(behind, shone));
    // A lamp wanders over a sheet twice as far as the sheet moves.
    const lit = mirrored < 1 ? seen : glared(seen, { ...lamp, x: lamp.x + 2 * moved.x, y: lamp.y + 2 * moved.y });
    return sensed(lit, seed, moment.at);
  };
}

function movedBy(pose: Pose, by: Omit<Pose, 'pivot'>, turn: number, nearer: number): Pose {
  return {
    x: pose.x + by.x,
    y: pose.y + by.y,
    scale: pose.scale * (1 + by.scale) * nearer,
    yaw: pose.yaw + by.yaw + turn,
    pitch: pose.pitch + by.pitch,
    roll: pose.roll + by.roll,
    bend: pose.bend === 0 ? 0 : pose.bend + by.bend,
    pivot: pose.pivot,
  };
}

/** Left and right are the person's: a head turned left shows its face to the right of the picture. */
function turnedAs({ asked, askedFor }: Moment, turn = TURN): number {
  const way = asked && wayOf(asked);
  if (!way) return 0;
  const far = (way === 'left' ? turn : -turn) * Math.min(askedFor / MOVE_MS, 1);
  return AMOUNTS[asked] ? (far * middleOf(asked)) / FAR : far;
}

/** Brought nearer where the face is asked to come closer. */
const nearerAs = ({ asked, askedFor }: Moment): number =>
  asked === 'come-closer' ? 1 + (middleOf(asked) - 1) * Math.min(askedFor / MOVE_MS, 1) : 1;

/** What whoever looks at the screen aims at. */
function middleOf(gesture: Gesture): number {
  const [least, most] = AMOUNTS[gesture] ?? [0, 0];
  return (least + most) / 2;
}
