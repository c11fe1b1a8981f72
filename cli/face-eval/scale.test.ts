import { describe, expect, it } from 'vitest';
import { scaleOf } from './scale.ts';
import { errorCurve } from './verification.ts';

const genuine = [0.4, 0.5, 0.6, 0.7];
const strangers = [-0.1, 0, 0.1, 0.2, 0.45];

describe('the scale of scores', () => {
  const scale = scaleOf(errorCurve(genuine, strangers));

  it('says at each score what counting says', () => {
    for (const { at, genuineBelow, strangersFrom } of scale) {
      expect(genuineBelow).toBeCloseTo(genuine.filter((score) => score < at).length / genuine.length, 6);
      expect(strangersFrom).toBeCloseTo(strangers.filter((score) => score >= at).length / strangers.length, 6);
    }
  });

  it('goes up, from where every stranger is to where nobody is', () => {
    expect(scale[0]).toMatchObject({ genuineBelow: 0, strangersFrom: 1 });
    expect(scale.at(-1)).toMatchObject({ at: 0.72, genuineBelow: 1, strangersFrom: 0 });
    expect(scale.map(({ at }) => at)).toEqual(scale.map(({ at }) => at).toSorted((p, q) => p - q));
  });
});
