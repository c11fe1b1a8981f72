import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Observation, type Picture, VIEW_LIMITS } from '../../native/face/index.ts';
import { noisy } from '../../native/presentation-attacks/index.ts';
import { AT_EASE, aPerson } from '../run/eyes.fixture.ts';
import { openBench, person, STRANGER, unusable, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Bench = ReturnType<typeof openBench>;
const INCIDENT = { action: 'incident' } as const;
const reasonsOf = (bench: Bench): string[] => bench.sitting.incidents.map(({ reason }) => reason);
/** Somebody pale before a wall, so far to the side, with a sensor's noise. */
function pictureOf(turn: number, across: number): Picture {
  const [width, height] = [160, 120];
  const pixels = new Uint8Array(width * height * 4).map((_, at) => {
    const [u, v] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
    return Math.hypot((u - 80 - across) / 25, (v - 60) / 32) < 1
      ? 190 - 30 * Math.sin(v / 5)
      : 90 + 30 * Math.sin(u / 9);
  });
  return { width, height, pixels: noisy(pixels, turn) };
}
const stillWithNoise = (turn: number): Picture => pictureOf(turn, 0);
const swaying = (turn: number): Picture => pictureOf(turn, 7 * Math.sin(turn / 9) + 4 * Math.sin(turn * 1.7));

/** Longer than the longest wait for a look, its second look and the frames of both. */
const A_LOOK_MS = 40_000;

describe('the camera during an exam', () => {
  it('looks again and again, and finds nothing wrong with the right person', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(300_000);
    const looks = bench.station.ledger.ofSitting(bench.sitting.id).filter(({ event }) => event.type === 'captured');
    // One at check-in, then one every 20 to 30 seconds.
    expect(looks.length).toBeGreaterThanOrEqual(10);
    expect(looks.length).toBeLessThanOrEqual(16);
    expect(reasonsOf(bench)).toEqual([]);
  });

  it('that sees another person does not wait for the next re-capture', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    bench.show(person(STRANGER));
    expect(await bench.reaches('paused', 9_000)).toMatchObject({ reason: 'mismatch', until: 'proctor' });
  });

  it('pauses nobody who has a hand before their eyes for a moment, and whoever sits there anew before long', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(45_000);
    for (let time = 0; time < 10; time++) {
      bench.show(person(STRANGER));
      await bench.pass(3_000);
      bench.show(person(WANGS_FACE));
      await bench.pass(7_000);
    }
    expect(reasonsOf(bench)).toEqual([]);
    bench.show({ ...aPerson(STRANGER, { track: 2 }) });
    expect(await bench.reaches('paused', 4_000)).toMatchObject({ reason: 'mismatch' });
  });

  it('tells of what lasts, once, with what it was: a phone, a look away, closed eyes', async () => {
    const bench = openBench();
    await bench.begin();
    const [x, y, width, height] = [0, 0, 9, 9];
    bench.show({
      ...aPerson(WANGS_FACE, { signs: { ...AT_EASE, yaw: 60, eyesOpen: 0.1 } }),
      things: [{ kind: 'cell-phone', score: 0.8, x, y, width, height }],
    });
    await bench.pass(60_000);
    expect(reasonsOf(bench).toSorted()).toEqual(['eyes-closed', 'looking-away', 'phone-seen']);
    expect(bench.stage.stage).toBe('in-progress');
    const told = bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event);
    expect(told).toContainEqual(
      expect.objectContaining({ reason: 'looking-away', evidence: expect.objectContaining({ yaw: 60, faces: 1 }) }),
    );
  });

  it('tells a proctor that nobody can say who it is under a mask, and looks at once when it is off', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    const told = () => bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event);
    const masked = {
      component: 'FaceOcclusionPrevention',
      ...{ value: 0, verdict: 'fail' as const, limit: VIEW_LIMITS.FaceOcclusionPrevention },
    } as const;
    bench.show({ ...unusable('face-covered'), signs: AT_EASE, quality: [masked] });
    await bench.pass(13_000);
    expect(told()).toContainEqual(
      expect.objectContaining({
        capture: expect.objectContaining({ outcome: 'uncertain', reason: 'face-covered' }),
      }),
    );
    expect(bench.stage.stage).toBe('in-progress');
    const before = told().length;
    bench.show(person(WANGS_FACE));
    await bench.pass(8_000);
    expect(told().slice(before)).toContainEqual(
      expect.objectContaining({ capture: expect.objectContaining({ outcome: 'match' }) }),
    );
  });

  /** Somebody who looks like a replay, as people do in strong noise. */
  const inNoise = (face: Float32Array): Observation => {
    const noise = { component: 'Noise', value: 12, verdict: 'warn', limit: VIEW_LIMITS.Noise } as const;
    return { ...person(face, 0.1), quality: [noise] };
  };
  const tellsOfDoubt = assignmentOf({
    exams: [
      { ...EXAM, recapture: { ...EXAM.recapture, onOutcome: { ...EXAM.recapture.onOutcome, uncertain: INCIDENT } } },
    ],
    visitorExamId: null,
  });

  it('whose pictures are full of noise is told of once, and a stranger is found in them as ever', async () => {
    const bench = openBench({ assignment: tellsOfDoubt });
    await bench.begin();
    await bench.pass(5_000);
    bench.show(inNoise(WANGS_FACE));
    // The next look, and so long as it is waited for a better one.
    await bench.pass(A_LOOK_MS + 15_000);
    expect(reasonsOf(bench)).toEqual(['picture-noisy']);
    await bench.pass(120_000);
    expect([reasonsOf(bench), bench.stage.stage]).toEqual([['picture-noisy'], 'in-progress']);
    bench.show(inNoise(STRANGER));
    expect(await bench.reaches('paused', 9_000)).toMatchObject({ reason: 'mismatch', until: 'proctor' });
  });

  it('whose pictures are full of noise now and then is not told of', async () => {
    const bench = openBench({ assignment: tellsOfDoubt });
    await bench.begin();
    await bench.pass(5_000);
    for (let time = 0; time < 10; time++) {
      bench.show(inNoise(WANGS_FACE));
      await bench.pass(11_000);
      bench.show(person(WANGS_FACE));
      await bench.pass(5_000);
    }
    expect(reasonsOf(bench)).toEqual([]);
  });

  it('that shows in noise who was not seen before is told of as soon as any other doubt', async () => {
    const bench = openBench({ assignment: tellsOfDoubt });
    await bench.begin();
    await bench.pass(5_000);
    bench.show({ ...inNoise(WANGS_FACE), faces: aPerson(WANGS_FACE, { track: 2 }).faces });
    await bench.pass(5_000);
    expect(reasonsOf(bench)).toEqual(['picture-noisy']);
  });

  it('that is another one than when the candidate sat down is told of, one that comes back is not', async () => {
    const bench = openBench();
    await bench.call('camera.report', { state: 'live', label: 'Station Cam' });
    await bench.begin();
    await bench.call('camera.report', { state: 'live', label: 'Station Cam' });
    expect(reasonsOf(bench)).toEqual([]);
    await bench.call('camera.report', { state: 'live', label: 'Brought Along' });
    expect(reasonsOf(bench)).toEqual(['camera-changed']);
  });

  it('that is another one of the same name is told of, and one that has no name any more', async () => {
    const bench = openBench();
    const live = (camera: { readonly label?: string; readonly device?: string }) =>
      bench.call('camera.report', { state: 'live', ...camera });
    await live({ label: 'Station Cam', device: 'a'.repeat(64) });
    await bench.begin();
    await live({ label: 'Station Cam', device: 'a'.repeat(64) });
    expect(reasonsOf(bench)).toEqual([]);
    await live({ label: 'Station Cam', device: 'b'.repeat(64) });
    await live({});
    const told = bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event);
    for (const what of ['Station Cam bbbbbbbb', '—'])
      expect(told).toContainEqual(
        expect.objectContaining({ reason: 'camera-changed', evidence: expect.objectContaining({ what }) }),
      );
  });

  it('of another browser, which calls its devices otherwise, is the same one', async () => {
    const bench = openBench();
    await bench.call('camera.report', { state: 'live', label: 'Station Cam', device: 'a'.repeat(64) });
    await bench.begin();
    bench.closePage();
    await bench.pass(50);
    bench.openPage('none');
    await bench.call('camera.report', { state: 'live', label: 'Station Cam', device: 'b'.repeat(64) });
    expect(reasonsOf(bench)).not.toContain('camera-changed');
  });

  it('whose pictures have another size than before is told of', async () => {
    const bench = openBench();
    await bench.begin();
    bench.screen.film = stillWithNoise;
    await bench.pass(2_000);
    expect(reasonsOf(bench)).toEqual(['camera-changed']);
  });

  it('before which nobody moves for a minute pauses the exam until somebody does', async () => {
    const bench = openBench();
    bench.screen.film = stillWithNoise;
    await bench.begin();
    await bench.pass(40_000);
    expect(bench.stage.stage).toBe('in-progress');
    expect(await bench.reaches('paused', 40_000)).toMatchObject({ reason: 'camera-frozen', until: 'match' });
    await bench.pass(10_000);
    expect(bench.stage.stage).toBe('paused');
    bench.screen.film = swaying;
    await bench.reaches('in-progress', 10_000);
    await bench.pass(90_000);
    expect(bench.stage.stage).toBe('in-progress');
    expect(reasonsOf(bench).filter((reason) => reason === 'camera-frozen')).toHaveLength(1);
  });

  it('before which nothing moves where nobody is, is no camera that stands still', async () => {
    const bench = openBench({
      assignment: assignmentOf({ exams: [{ ...EXAM, onFinding: { 'no-face': 'incident' } }], visitorExamId: null }),
    });
    bench.screen.film = stillWithNoise;
    await bench.begin();
    bench.show(unusable('no-face'));
    await bench.pass(90_000);
    expect(reasonsOf(bench)).not.toContain('camera-frozen');
  });

  it('that is covered pauses the exam until the face is back', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show({ ...unusable('no-face'), scene: { mean: 2, contrast: 1 } });
    expect(await bench.reaches('paused', 6_000)).toMatchObject({ reason: 'camera-covered', until: 'match' });
    bench.show(person(WANGS_FACE));
    await bench.reaches('in-progress', 6_000);
  });

  it('that plays a recording, or is a program, is told of once', async () => {
    const bench = openBench();
    bench.screen.loop = 40;
    await bench.begin();
    await bench.call('camera.report', { state: 'live', label: 'OBS Virtual Camera' });
    await bench.pass(60_000);
    expect(reasonsOf(bench).toSorted()).toEqual(['camera-virtual', 'feed-looped']);
    expect(bench.stage.stage).toBe('in-progress');
  });

  it('is treated as the policy of the exam says: only written down, or a pause until a proctor decides', async () => {
    const watch = {
      'camera-virtual': { action: 'note' as const },
      'camera-covered': { action: 'pause' as const, until: 'proctor' as const },
    };
    const bench = openBench({ assignment: assignmentOf({ exams: [{ ...EXAM, watch }], visitorExamId: null }) });
    await bench.begin();
    await bench.call('camera.report', { state: 'live', label: 'OBS Virtual Camera' });
    await bench.pass(10_000);
    expect(reasonsOf(bench)).toEqual([]);
    const events = bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event);
    expect(events).toContainEqual(expect.objectContaining({ type: 'noted', reason: 'camera-virtual' }));
    bench.show({ ...unusable('no-face'), scene: { mean: 2, contrast: 1 } });
    expect(await bench.reaches('paused', 6_000)).toMatchObject({ reason: 'camera-covered', until: 'proctor' });
  });

  it('that is not on the list is not looked through', async () => {
    const bench = openBench({ cameras: ['Station Cam'] });
    await bench.call('camera.report', { state: 'live', label: 'Station Cam' });
    await bench.begin();
    await bench.call('camera.report', { state: 'live', label: 'Another Cam' });
    expect(await bench.reaches('paused', 2_000)).toMatchObject({ reason: 'camera-unlisted' });
    await bench.pass(20_000);
    expect(bench.stage.stage).toBe('paused');
    await bench.call('camera.report', { state: 'live', label: 'Station Cam' });
    await bench.reaches('in-progress', 10_000);
  });

  it('that sees another person locks the exam until a proctor decides', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(person(STRANGER));
    expect(await bench.reaches('paused', A_LOOK_MS)).toMatchObject({ reason: 'mismatch', until: 'proctor' });
    expect(bench.screen.view?.incidents).toMatchObject([{ reason: 'mismatch', paused: true }]);
    bench.show(person(WANGS_FACE));
    await bench.pass(60_000);
    expect(bench.sitting.stage).toBe('locked');
    await bench.act({ kind: 'resume' });
    // What a proctor has settled is not held up on the screen any more.
    expect((await bench.reaches('in-progress')).notice).toBeUndefined();
  });

  it('that still sees nobody after a proctor let the exam go on says so again', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(unusable('no-face'));
    await bench.reaches('paused', A_LOOK_MS);
    await bench.act({ kind: 'resume' });
    await bench.reaches('in-progress');
    expect(await bench.reaches('paused', 10_000)).toMatchObject({ reason: 'no-face' });
    expect(reasonsOf(bench)).toEqual(['no-face', 'no-face']);
  });

  it('that sees nobody pauses until the right person is back, and nobody else', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(unusable('no-face'));
    expect(await bench.reaches('paused', A_LOOK_MS)).toMatchObject({ reason: 'no-face', until: 'match' });
    bench.show(person(STRANGER));
    await bench.pass(10_000);
    expect(bench.stage.stage).toBe('paused');
    bench.show(person(WANGS_FACE));
    await bench.reaches('in-progress');
    expect(reasonsOf(bench)).toEqual(['no-face']);
  });

  it('tells nobody of one odd moment', async () => {
    const bench = openBench();
    await bench.begin();
    let frames = 0;
    bench.show(() => (++frames <= 5 ? unusable('several-faces') : person(WANGS_FACE)));
    await bench.pass(A_LOOK_MS);
    expect(frames).toBeGreaterThanOrEqual(10);
    expect([bench.stage.stage, reasonsOf(bench)]).toEqual(['in-progress', []]);
  });

  it('that finds one thing and then another goes by the graver: two odd looks acquit nobody', async () => {
    const bench = openBench();
    await bench.begin();
    let frames = 0;
    bench.show(() => (++frames <= 5 ? person(STRANGER) : unusable('several-faces')));
    await bench.pass(21_000 + 12_000);
    const [graver] = bench.station.ledger
      .ofSitting(bench.sitting.id)
      .flatMap(({ event }) =>
        event.type === 'captured' && event.purpose === 're-capture' ? [event.capture.outcome] : [],
      )
      .filter((outcome) => outcome !== 'match');
    expect(graver).toBe('mismatch');
  });

  it('that is unplugged pauses the exam at once; plugged in, a match resumes it', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'lost' });
    expect(await bench.reaches('paused')).toMatchObject({ reason: 'camera-lost', until: 'match' });
    expect(bench.screen.view?.devices.camera).toEqual({ state: 'failed', reason: 'camera-lost' });
    await bench.pass(60_000);
    bench.screen.camera = 'live';
    await bench.call('camera.report', { state: 'live' });
    expect((await bench.reaches('in-progress')).clock.remainingMs).toBeGreaterThan(590_000);
    expect(reasonsOf(bench)).toEqual(['camera-lost']);
  });

  it('that was away for a moment resumes the exam in a moment', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    await bench.call('camera.report', { state: 'lost' });
    await bench.reaches('paused');
    await bench.call('camera.report', { state: 'live' });
    expect((await bench.reaches('in-progress', 5_000)).clock.remainingMs).toBeGreaterThan(590_000);
  });

  it('looks at once when the exam begins: who was unlocked is not always who sits down', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    bench.show(person(STRANGER));
    await bench.act({ kind: 'unlock' });
    expect(await bench.reaches('paused', 6_000)).toMatchObject({ reason: 'mismatch' });
  });

  it('that is missing is told of once: a proctor who resumes without it is not asked again', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'lost' });
    await bench.act({ kind: 'unlock' });
    await bench.reaches('paused', A_LOOK_MS);
    await bench.act({ kind: 'resume' });
    await bench.pass(4 * A_LOOK_MS);
    expect([bench.stage.stage, reasonsOf(bench)]).toEqual(['in-progress', ['camera-lost']]);
  });

  it('that says live and sends nothing pauses the exam', async () => {
    const bench = openBench();
    await bench.begin();
    bench.screen.camera = 'dark';
    expect(await bench.reaches('paused', A_LOOK_MS)).toMatchObject({ reason: 'camera-lost' });
  });

  it('that sends the same picture for ever pauses the exam', async () => {
    const bench = openBench();
    await bench.begin();
    bench.screen.still = true;
    expect(await bench.reaches('paused', 3 * A_LOOK_MS)).toMatchObject({ reason: 'camera-frozen' });
  });

  it('that was unplugged before the exam began does not go unnoticed', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'lost' });
    await bench.act({ kind: 'unlock' });
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench)).toContain('camera-lost');
  });

  it('that a reloaded page is not allowed to use does not go unnoticed', async () => {
    const bench = openBench();
    await bench.begin();
    bench.closePage();
    await bench.pass(500);
    bench.openPage('none');
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'denied' });
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench).length).toBeGreaterThan(0);
  });

  it('of which a reloaded page says nothing at all does not go unnoticed', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    bench.closePage();
    await bench.pass(500);
    bench.openPage('none');
    bench.screen.camera = 'dark';
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench).length).toBeGreaterThan(0);
  });

  it('whose face check breaks does not go unnoticed', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(() => {
      throw new Refusal('models-failed', 'the networks are gone');
    });
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench)).toEqual(['models-failed']);
  });
});
