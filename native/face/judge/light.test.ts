import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScreenColour } from '../../../contract/words/light.ts';
import { belowFrom, randomFrom } from '../chance.fixture.ts';
import { judgeLight, type LightSample } from './light.ts';
import {
  colourOf,
  drawLight,
  FADE_MS,
  LIGHT_COLOURS,
  LIGHT_MS,
  type Light,
  lightOf,
  STEP_MS,
  sharesAt,
} from './light-steps.ts';

const FRAME_MS = 66;
const anySeed = fc.integer({ min: 1, max: 1_000_000 });

type Before = {
  /** How much of a white screen's light comes back, over what is there anyway. */
  readonly face: number;
  readonly around: number;
  readonly lagMs: number;
  /** How much all of it flickers. */
  readonly noise: number;
  readonly lost: number;
};
const SKIN: Light = [0.3, 0.2, 0.15];
const WALL: Light = [0.2, 0.2, 0.2];
const FACE: Before = { face: 0.1, around: 0.01, lagMs: 120, noise: 0.01, lost: 0 };

/** What a camera sees of a face before a screen that shows these. */
function seenBefore(shown: readonly ScreenColour[], how: Partial<Before>, seed = 1): LightSample[] {
  const { face, around, lagMs, noise, lost } = { ...FACE, ...how };
  const [random, lights] = [randomFrom(seed), shown.map(lightOf)];
  const lit = (of: Light, by: number, at: number): Light => {
    const shares = sharesAt(at - lagMs);
    return of.map((value, c) => {
      const shone = lights.reduce((sum, light, n) => sum + (light[c] as number) * (shares[n] as number), 0);
      return value * (1 + by * shone) * (1 + noise * (random() - 0.5));
    }) as unknown as Light;
  };
  return Array.from({ length: Math.floor(LIGHT_MS / FRAME_MS) }, (_, n) => n * FRAME_MS).map((at) => ({
    ...{ at, lost },
    skin: lit(SKIN, face, at),
    around: lit(WALL, around, at),
  }));
}
const judged = (shown: readonly ScreenColour[], samples: readonly LightSample[], seed = 1) =>
  judgeLight(shown, samples, belowFrom(seed));

describe('what is drawn', () => {
  it('never flashes: at most three changes in any second, none from or to a saturated red (WCAG 2.3.1)', () => {
    expect(Math.ceil(1_000 / STEP_MS)).toBeLessThanOrEqual(3);
    expect(FADE_MS).toBeLessThan(STEP_MS);
    fc.assert(
      fc.property(anySeed, (seed) => {
        for (const [red, green, blue] of drawLight(belowFrom(seed)).map(lightOf))
          expect(red / (red + green + blue)).toBeLessThan(0.8);
      }),
    );
  });

  it('changes at each step, and is another one each time', () => {
    const all = Array.from({ length: 200 }, (_, seed) => drawLight(belowFrom(seed)));
    for (const drawn of all) expect(drawn.every((colour, at) => colour !== drawn[at - 1])).toBe(true);
    expect(new Set(all.map((drawn) => drawn.join())).size).toBe(200);
  });

  it('is a colour again when its light is', () => {
    for (const colour of LIGHT_COLOURS) expect(colourOf(lightOf(colour))).toBe(colour);
  });
});

describe('a face', () => {
  it('that gives back what is shown has answered, and the lag is found', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 0, max: 400 }), (seed, lagMs) => {
        const shown = drawLight(belowFrom(seed));
        const verdict = judged(shown, seenBefore(shown, { lagMs }, seed), seed);
        expect(verdict.outcome).toBe('answered');
        expect(Math.abs((verdict.lagMs ?? Number.NaN) - lagMs)).toBeLessThanOrEqual(50);
      }),
      { numRuns: 15 },
    );
  });

  it('answers as well where the camera follows with its gain and its white balance', () => {
    const shown = drawLight(belowFrom(3));
    const gained = seenBefore(shown, {}).map(({ skin, around, ...rest }, n) => {
      const gain = [1 + 0.3 * Math.sin(n / 5), 1 + 0.2 * Math.cos(n / 7), 1 + 0.4 * Math.sin(n / 3)];
      const times = (light: Light): Light => light.map((value, c) => value * (gain[c] as number)) as unknown as Light;
      return { ...rest, skin: times(skin), around: times(around) };
    });
    expect(judged(shown, gained)).toMatchObject({ outcome: 'answered' });
  });

  it('shows the colours that came back', () => {
    const shown = drawLight(belowFrom(4));
    const { seen = [] } = judged(shown, seenBefore(shown, { noise: 0, face: 0.05 }));
    const far = seen.map((colour, at) => {
      const [was, is] = [lightOf(shown[at] as ScreenColour), lightOf(colour)];
      return Math.max(...was.map((value, c) => Math.abs(value - (is[c] as number))));
    });
    expect(Math.max(...far)).toBeLessThan(0.35);
  });

  it('that gives back nothing has not answered', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const shown = drawLight(belowFrom(seed));
        const { outcome } = judged(shown, seenBefore(shown, { face: 0, around: 0 }, seed), seed);
        expect(outcome).not.toBe('answered');
      }),
      { numRuns: 15 },
    );
  });

  it('is not believed where it answers what another time was shown: fewer than 1 in 100', () => {
    const tries = 120;
    const answered = Array.from({ length: tries }, (_, seed) => {
      const below = belowFrom(seed * 977 + 3);
      const [shown, other] = [drawLight(below), drawLight(below)];
      return judgeLight(shown, seenBefore(other, { face: 0.3 }, seed), below).outcome === 'answered';
    }).filter(Boolean);
    expect(answered.length / tries).toBeLessThan(0.01);
  });

  it('is told from paper, of which the surroundings answer as it does', () => {
    const shown = drawLight(belowFrom(5));
    expect(judged(shown, seenBefore(shown, { around: 0.1 }))).toMatchObject({
      outcome: 'unanswered',
      why: 'light-everywhere',
    });
  });
});

describe('nobody can tell', () => {
  const shown = drawLight(belowFrom(6));
  it.each([
    ['where too few pictures show the face', seenBefore(shown, {}).slice(0, 20), 'light-too-few'],
    ['where most of it is burnt out', seenBefore(shown, { lost: 0.7 }), 'too-bright'],
    ['where it flickers too much', seenBefore(shown, { face: 0, around: 0, noise: 1.5 }), 'light-unsteady'],
  ])('%s', (_, samples, why) => {
    expect(judged(shown, samples)).toMatchObject({ outcome: 'cannot-tell', why });
  });
});
