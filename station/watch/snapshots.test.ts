import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import type { SeenFace } from '../../contract/page/proctor-desk.ts';
import { Exam, type Gesture } from '../../contract/words/exam.ts';
import { SittingId } from '../../contract/words/ids.ts';
import type { Observation, Picture } from '../../native/face/index.ts';
import { aPerson, making, nobodyUsable } from '../run/eyes.fixture.ts';
import { openBench, STRANGER, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf } from '../station.fixture.ts';
import { around } from './around.ts';
import { AT_REST, openSnapshots } from './snapshots.ts';

const SITTING = SittingId.parse('si_1');
/** Each pixel says in its red and green where it was. */
const picture = (width = 64, height = 48): Picture => {
  const pixels = new Uint8Array(4 * width * height);
  for (let at = 0; at < width * height; at++) pixels.set([at % width, Math.floor(at / width), 0, 255], 4 * at);
  return { width, height, pixels };
};
const pixelAt = ({ width, pixels }: Picture, x: number, y: number) => [
  ...pixels.subarray(4 * (y * width + x)).slice(0, 2),
];

describe('the part of a picture around a face', () => {
  it('holds what is beside the face, pixel by pixel', () => {
    const cut = around(picture(), { x: 20, y: 16, width: 10, height: 12 });
    expect([cut.width, cut.height, cut.pixels.length]).toEqual([20, 22, 4 * 20 * 22]);
    expect([pixelAt(cut, 0, 0), pixelAt(cut, 19, 21)]).toEqual([
      [15, 11],
      [34, 32],
    ]);
  });

  it.each([
    ['at the edge', { x: -5, y: -5, width: 20, height: 20 }],
    ['larger than the picture', { x: -100, y: -100, width: 400, height: 400 }],
    ['outside', { x: 500, y: 500, width: 10, height: 10 }],
  ])('goes no further than the picture, of a face %s', (_, face) => {
    const { width, height, pixels } = around(picture(), face);
    expect(pixels.length).toBe(4 * width * height);
    expect(Math.min(width, height)).toBeGreaterThan(0);
    expect(width).toBeLessThanOrEqual(64);
    expect(height).toBeLessThanOrEqual(48);
  });
});

describe('what the newest look showed', () => {
  const person = aPerson(WANGS_FACE);
  const opened = () => {
    const snapshots = openSnapshots();
    snapshots.begin(SITTING);
    const kinds = () => snapshots.of(SITTING).map(({ of, failed }) => [of, failed]);
    return { snapshots, kinds };
  };

  it('is the newest faces that were compared, then every gesture', () => {
    const { snapshots, kinds } = opened();
    for (let at = 0; at < 9; at++) snapshots.take(AT_REST, person, picture(64 + at));
    snapshots.take({ of: 'blink', failed: false }, person, picture());
    snapshots.take({ of: 'turn-left-far', failed: true }, person, picture());
    expect(kinds()).toEqual([...Array(3).fill(['rest', false]), ['blink', false], ['turn-left-far', true]]);
  });

  it('is one that could not be compared only where none could, with what could be better', () => {
    const { snapshots } = opened();
    const notes = () => snapshots.of(SITTING).map((one) => one.notes);
    snapshots.take(AT_REST, nobodyUsable('too-dark'), picture());
    snapshots.take(AT_REST, nobodyUsable('face-blurred'), picture());
    expect(notes()).toEqual([['face-blurred']]);
    snapshots.take(AT_REST, person, picture());
    snapshots.take(AT_REST, nobodyUsable('too-dark'), picture());
    expect(notes()).toEqual([[]]);
  });

  it('is a copy: what becomes of the frame does not change it', () => {
    const { snapshots } = opened();
    const frame = picture(640, 480);
    snapshots.take(AT_REST, person, frame);
    const before = snapshots.of(SITTING)[0]?.picture.pixels.slice();
    frame.pixels.fill(0);
    expect(snapshots.of(SITTING)[0]?.picture.pixels).toEqual(before);
  });

  it('is nothing of nobody, of another sitting, of the look before, and after it is forgotten', () => {
    const { snapshots, kinds } = opened();
    snapshots.take(AT_REST, nobodyUsable('no-face'), picture());
    expect(kinds()).toEqual([]);
    snapshots.take(AT_REST, person, picture());
    expect(snapshots.of(SittingId.parse('si_2'))).toEqual([]);
    snapshots.begin(SITTING);
    expect(kinds()).toEqual([]);
    snapshots.take(AT_REST, person, picture());
    snapshots.forget();
    snapshots.take(AT_REST, person, picture());
    expect(kinds()).toEqual([]);
  });
});

describe('a proctor at the desk', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  const { liveness: _, ...formal } = EXAM;
  const looksLike = ({ faces }: { readonly faces: readonly SeenFace[] }) =>
    faces.map(({ of, failed }) => (failed ? `${of} failed` : of));
  /** Whoever sits here does what is asked, a little late, as long as they are told to. */
  function openWithGestures(answer: (asked: Gesture | undefined) => Observation) {
    const bench = openBench({ assignment: assignmentOf({ exams: [Exam.parse(formal), MOCK] }) });
    let [before, since]: [Gesture | undefined, number] = [undefined, 0];
    bench.show(() => {
      const { stage } = bench;
      const asked = 'challenge' in stage ? stage.challenge?.gesture : undefined;
      if (asked !== before) [before, since] = [asked, performance.now()];
      return answer(performance.now() - since > 500 ? asked : undefined);
    });
    const look = async () => bench.call('proctor.look', { desk: await bench.openDesk() });
    return { bench, look };
  }

  it('sees who was compared, and each gesture in the order in which it was asked for, as pictures', async () => {
    const { bench, look } = openWithGestures((asked) => aPerson(WANGS_FACE, making(asked)));
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    const shown = await look();
    const asked = bench.sitting.lastCapture?.challenge?.gestures ?? [];
    expect(looksLike(shown)).toEqual(['rest', 'rest', 'rest', ...asked]);
    const { scores } = await bench.call('proctor.dossier', { desk: await bench.openDesk() });
    expect(scores?.challenge).toEqual({ gestures: asked, passed: true });
    for (const { base64 } of shown.faces)
      expect((await sharp(Buffer.from(base64, 'base64')).metadata()).format).toBe('jpeg');
  });

  it('sees the gesture that was not made', async () => {
    const { bench, look } = openWithGestures(() => aPerson(WANGS_FACE));
    await bench.checkIn();
    await bench.reaches('refused', 120_000);
    expect(looksLike(await look())).toEqual([
      ...['rest', 'rest', 'rest'],
      `${bench.sitting.lastCapture?.challenge?.gestures[0]} failed`,
    ]);
  });

  it('sees who sits there now when an exam is paused, and nobody once the seat is free', async () => {
    const { bench, look } = openWithGestures((asked) => aPerson(WANGS_FACE, making(asked)));
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    bench.show(() => aPerson(STRANGER, { track: 2 }));
    await bench.reaches('paused', 120_000);
    expect(looksLike(await look())).toEqual(['rest', 'rest', 'rest']);
    const { id } = bench.sitting;
    await bench.act({ kind: 'terminate', note: '违反纪律' });
    await bench.reaches('result');
    await bench.call('leave', {});
    await bench.reaches('idle');
    expect(bench.station.snapshots.of(id)).toEqual([]);
  });
});
