import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Body, bent, flat, head, shapeOn } from './made.fixture.ts';
import { reliefOf } from './relief.ts';

const range = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const eitherWay = fc.tuple(range(12, 50), fc.constantFrom(-1, 1)).map(([yaw, way]) => yaw * way);
/** However else it is held, and however large it is. */
const heldSomehow = fc.record({ pitch: range(-12, 12), roll: range(-10, 10), size: range(40, 200), x: range(0, 640) });

const reliefOn = (body: Body, yaw: number, held: object): number =>
  reliefOf(shapeOn(body), shapeOn(body, { ...held, yaw }), yaw);

describe('the relief of what is turned', () => {
  it('is that of a head on a head, whatever the angle, the size and the tilt', () => {
    fc.assert(
      fc.property(eitherWay, heldSomehow, (yaw, held) => {
        expect(reliefOn(head, yaw, held)).toBeGreaterThan(0.9);
        expect(reliefOn(head, yaw, held)).toBeLessThan(1.3);
      }),
    );
  });

  it('is nothing on a plane', () => {
    fc.assert(
      fc.property(eitherWay, heldSomehow, (yaw, held) => {
        expect(Math.abs(reliefOn(flat, yaw, held))).toBeLessThan(1e-6);
      }),
    );
  });

  it('is far less on a sheet that is bent, also round something narrower than a head', () => {
    fc.assert(
      fc.property(range(0.55, 10), eitherWay, heldSomehow, (radius, yaw, held) => {
        expect(reliefOn(bent(radius), yaw, held)).toBeLessThan(0.7);
      }),
    );
  });

  it('is the less the less it is bent', () => {
    const reliefs = [0.5, 0.7, 1, 2, 5].map((radius) => reliefOn(bent(radius), 30, {}));
    expect(reliefs).toEqual(reliefs.toSorted((p, q) => q - p));
  });

  it('is no number where nothing turned', () => {
    expect(reliefOf(shapeOn(head), shapeOn(head), 0)).toBeNaN();
  });
});
