import { describe, expect, it } from 'vitest';
import { drawnRoom } from './effects/room.ts';
import { type Clip, type Film, inARow, type Moment, onAndOn, playedOnce, toAndFro } from './film.ts';
import { SPECIES, type Species } from './species.ts';

const clipOf = (first: number, length: number): Clip => ({ length, at: (turn) => drawnRoom(first + turn) });
const subject = (name: string, first: number) => {
  const clip = clipOf(first, 4);
  const landmarks = [
    { x: 290, y: 215 },
    { x: 340, y: 215 },
    { x: 315, y: 245 },
    { x: 295, y: 270 },
    { x: 335, y: 270 },
  ];
  return { name, clip, photo: drawnRoom(first), head: { x: 260, y: 160, width: 110, height: 140, landmarks } };
};
const [victim, wearer] = [subject('victim', 10), subject('wearer', 20)];
/** What a film of this species shows at a moment. */
async function shownBy(species: Species, moment: Moment) {
  const film: Film = SPECIES[species]({ victim, wearer, recordings: victim.clip, seed: 3 });
  const picture = await film(moment);
  if (!picture) throw new Error('the film is over');
  return picture;
}
const ALL = Object.keys(SPECIES) as Species[];
const rest = (at: number): Moment => ({ at, askedFor: 0 });

describe.each(ALL)('a film of the species %s', (species) => {
  it('is of the size of a camera, opaque, and the same whenever it is shown at the same moment', async () => {
    const [one, again] = [await shownBy(species, rest(500)), await shownBy(species, rest(500))];
    expect([one.width, one.height, one.pixels.length]).toEqual([640, 480, 640 * 480 * 4]);
    expect(one.pixels.every((byte, n) => n % 4 !== 3 || byte === 255)).toBe(true);
    expect(Buffer.compare(one.pixels, again.pixels)).toBe(0);
  });

  it('moves, unless it is one picture', async () => {
    const [one, later] = [await shownBy(species, rest(0)), await shownBy(species, rest(200))];
    expect(Buffer.compare(one.pixels, later.pixels) === 0).toBe(species === 'still');
  });
});

describe('before the light of a screen', () => {
  const middle = async (species: Species, shone?: Moment['shone']): Promise<number> => {
    const { pixels, width, height } = await shownBy(species, { ...rest(500), shone });
    const mean = (from: number, to: number): number => {
      let [sum, count] = [0, 0];
      for (let v = from; v < to; v++)
        for (let u = width * 0.4; u < width * 0.6; u++, count++) sum += pixels[4 * (v * width + u)] as number;
      return sum / count;
    };
    return mean(height * 0.4, height * 0.6);
  };
  const brighter = async (species: Species) => (await middle(species, [1, 1, 1])) / (await middle(species));
  it('paper and masks become brighter, a screen hardly, and a file not at all', async () => {
    for (const species of ['print', 'bent-print', 'cut-out', 'mask'] as const)
      expect([species, await brighter(species)]).toEqual([species, expect.closeTo(1.065, 1)]);
    for (const species of ['print', 'mask'] as const) expect(await brighter(species)).toBeGreaterThan(1.04);
    expect(await brighter('screen')).toBeLessThan(1.01);
    for (const species of ['injected', 'looped', 'edited', 'still'] as const) expect(await brighter(species)).toBe(1);
  });
  it('red light makes more of red', async () => {
    expect(await middle('print', [1, 0, 0])).toBeGreaterThan(await middle('print', [0, 1, 1]));
  });
});

describe('whoever holds or wears it', () => {
  const asked = (gesture: 'turn-left' | 'blink'): Moment => ({ at: 700, asked: gesture, askedFor: 700 });
  const differs = async (species: Species, gesture: 'turn-left' | 'blink'): Promise<boolean> => {
    const [before, after] = [await shownBy(species, rest(700)), await shownBy(species, asked(gesture))];
    return Buffer.compare(before.pixels, after.pixels) !== 0;
  };
  it('turns it where a turn is asked for, but no screen', async () => {
    expect(
      await Promise.all(
        (['print', 'bent-print', 'cut-out', 'mask', 'screen'] as const).map((one) => differs(one, 'turn-left')),
      ),
    ).toEqual([true, true, true, true, false]);
  });
  it('blinks only behind a mask', async () => {
    expect([await differs('mask', 'blink'), await differs('print', 'blink')]).toEqual([true, false]);
  });
});

describe('a clip', () => {
  const turns: Clip = { length: 3, at: (turn) => ({ width: turn, height: 1, pixels: new Uint8Array() }) };
  const shown = (show: (moment: Moment) => unknown): readonly unknown[] =>
    Array.from({ length: 7 }, (_, n) => (show(rest(n * 67)) as { width: number } | undefined)?.width);
  it('begins anew, goes to and fro, or is over', () => {
    expect(shown((moment) => onAndOn(turns, moment))).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(shown((moment) => toAndFro(turns, moment))).toEqual([0, 1, 2, 2, 1, 0, 0]);
    expect(shown(playedOnce(turns, 1))).toEqual([1, 2, ...Array(5).fill(undefined)]);
  });
  it('is followed by the next one', () => {
    const both = inARow([turns, clipOf(1, 2)]);
    expect(both.length).toBe(5);
    expect(shown((moment) => both.at(Math.floor((moment.at * 15) / 1_000) % 5))).toEqual([0, 1, 2, 640, 640, 0, 1]);
    expect(() => both.at(5)).toThrow(RangeError);
  });
});
