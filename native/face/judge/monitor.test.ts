import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation, Signs } from '../engine/observation.ts';
import { CAMERA_LIMITS } from '../quality/limits.ts';
import type { Measure } from '../quality/report.ts';
import { CONDITIONS, type Condition, startMonitor, USUAL_PATIENCE, watchSeat } from './monitor.ts';

const FRAME_MS = 330;
const point = { x: 0, y: 0 };
const face = {
  ...{ x: 0, y: 0, width: 9, height: 9, score: 1, track: 1 },
  landmarks: [point, point, point, point, point],
} as const;
const AT_WORK: Signs = { yaw: 3, pitch: -8, roll: 1, eyesOpen: 0.9, mouthOpen: 0.02 };
const base = { scene: { mean: 110, contrast: 45 }, quality: [], costMs: {} };
const seated = (signs: Partial<Signs> = {}): Observation => ({
  ...base,
  faces: [face],
  signs: { ...AT_WORK, ...signs },
});
const COVERED_FACE: Measure = {
  component: 'FaceOcclusionPrevention',
  ...{ value: 0, limit: CAMERA_LIMITS.FaceOcclusionPrevention, verdict: 'fail' },
};
const SHOWN: Readonly<Record<Condition, Observation>> = {
  'no-face': { ...base, faces: [], reason: 'no-face' },
  'several-faces': { ...base, faces: [face, face], reason: 'several-faces' },
  'looking-away': seated({ yaw: -62 }),
  'eyes-closed': seated({ eyesOpen: 0.05 }),
  'face-covered': { ...seated(), quality: [COVERED_FACE], reason: 'face-covered' },
  'camera-covered': { ...base, scene: { mean: 3, contrast: 1 }, faces: [], reason: 'no-face' },
  'phone-seen': { ...seated(), things: [{ kind: 'cell-phone', score: 0.7, x: 0, y: 0, width: 9, height: 9 }] },
};

/** Shows each frame for a third of a second and collects what is told, with the second it is told in. */
function watchAll(film: readonly Observation[]) {
  let monitor = startMonitor(0);
  const told: { readonly condition: Condition; readonly second: number }[] = [];
  const over: Condition[] = [];
  film.forEach((seen, n) => {
    const at = (n + 1) * FRAME_MS;
    const step = watchSeat(monitor, seen, at);
    monitor = step.monitor;
    told.push(...step.raised.map(({ condition }) => ({ condition, second: at / 1000 })));
    over.push(...step.cleared);
  });
  return { told, over };
}
const seconds = (count: number, seen: Observation): Observation[] =>
  Array.from({ length: Math.round((count * 1000) / FRAME_MS) }, () => seen);

describe('the monitor', () => {
  it.each(CONDITIONS)('tells of %s once it lasted, within a second of its time, and once only', (condition) => {
    const { told, over } = watchAll([...seconds(5, seated()), ...seconds(60, SHOWN[condition])]);
    expect(told.map((one) => one.condition)).toEqual([condition]);
    const due = 5 + USUAL_PATIENCE[condition].raiseMs / 1000;
    expect(Math.abs((told[0]?.second ?? 0) - due)).toBeLessThan(1);
    expect(over).toEqual([]);
  });

  it.each(CONDITIONS)('tells of %s again when it comes again, after it was over', (condition) => {
    const away = condition === 'phone-seen' ? { ...seated(), things: [] } : seated();
    const { told, over } = watchAll([
      ...seconds(20, SHOWN[condition]),
      ...seconds(25, away),
      ...seconds(20, SHOWN[condition]),
    ]);
    expect([told.length, over]).toEqual([2, [condition]]);
  });

  it.each([
    ['a sneeze', [...seconds(1.5, SHOWN['no-face'])]],
    ['a hand before the face', [...seconds(3, SHOWN['no-face'])]],
    ['a glance to the neighbour', [...seconds(4, SHOWN['looking-away'])]],
    ['a moment of rest', [...seconds(6, SHOWN['eyes-closed'])]],
    ['somebody who walks by', [...seconds(1.5, SHOWN['several-faces'])]],
    ['a light that is switched', [...seconds(1, SHOWN['camera-covered'])]],
    ['one frame taken for a phone', [SHOWN['phone-seen']]],
  ])('says nothing of %s, though it comes every half minute', (_, moment) => {
    const shift = Array.from({ length: 20 }, () => [...moment, ...seconds(30, { ...seated(), things: [] })]).flat();
    expect(watchAll(shift).told).toEqual([]);
  });

  it('tells of a phone that is looked for in every third frame only, and found in half of these', () => {
    const film = Array.from({ length: 120 }, (_, n): Observation => {
      if (n % 3 !== 0) return seated();
      return n % 6 === 3 ? { ...seated(), things: [] } : SHOWN['phone-seen'];
    });
    const { told } = watchAll(film);
    expect(told.map(({ condition }) => condition)).toEqual(['phone-seen']);
    expect(told[0]?.second).toBeLessThan(5);
  });

  it('says nothing of what looks like a phone here and there, each time at another place', () => {
    const film = Array.from({ length: 200 }, (_, n): Observation => {
      const place = { x: (n * 37) % 600, y: (n * 53) % 400, width: 60, height: 90 };
      return { ...seated(), things: [{ kind: 'cell-phone', score: 0.9, ...place }] };
    });
    expect(watchAll(film).told).toEqual([]);
  });

  it('is not fooled by odd frames in between', () => {
    const flickering = seconds(20, seated()).map((calm, n) => (n % 6 === 0 ? calm : SHOWN['no-face']));
    expect(watchAll(flickering).told.map(({ condition }) => condition)).toEqual(['no-face']);
  });

  it('says nothing of the time in which it saw nothing', () => {
    const monitor = startMonitor(0);
    const { raised } = watchSeat(monitor, SHOWN['no-face'], 3_600_000);
    expect(raised).toEqual([]);
  });

  it('never tells of one thing twice without its being over in between, whatever is shown', () => {
    const any = fc.constantFrom(seated(), ...Object.values(SHOWN));
    const scenes = fc.array(fc.tuple(any, fc.integer({ min: 1, max: 80 })), { maxLength: 12 });
    fc.assert(
      fc.property(scenes, (script) => {
        let monitor = startMonitor(0);
        const open = new Set<Condition>();
        let at = 0;
        for (const [seen, frames] of script) {
          for (let n = 0; n < frames; n++) {
            at += FRAME_MS;
            const step = watchSeat(monitor, seen, at);
            monitor = step.monitor;
            for (const { condition } of step.raised) {
              expect(open).not.toContain(condition);
              open.add(condition);
            }
            for (const condition of step.cleared) expect(open.delete(condition)).toBe(true);
          }
        }
      }),
    );
  });
});
