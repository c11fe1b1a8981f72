import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../native/face/index.ts';
import { noisy } from '../../../native/presentation-attacks/index.ts';
import { drawnFilm } from './played.fixture.ts';
import { type Print, printOf } from './print.ts';
import { openStillness } from './stillness.ts';

const [STILL] = drawnFilm(4, 1 / 15) as [Picture];

/** An eye that is shut for one picture: two hundred pixels differ by forty. */
function blinking({ width, height, pixels }: Picture): Picture {
  const shut = pixels.slice();
  for (let y = 100; y < 108; y++)
    for (let x = 140; x < 166; x++) shut.fill(180, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { width, height, pixels: shut };
}
const withNoise = (picture: Picture, turn: number, deviation: number): Picture => ({
  ...picture,
  pixels: noisy(picture.pixels, turn, deviation),
});
/** @returns how many pictures it took until they were still; nothing where they never were */
function stillAfter(pictures: number, pictureAt: (turn: number) => Picture, stillness = openStillness()) {
  for (let turn = 1; turn <= pictures; turn++) {
    stillness.take(printOf(pictureAt(turn)) as Print);
    if (stillness.still) return turn;
  }
  return undefined;
}

describe('a picture that is shown on and on', () => {
  it.each([1, 4, 15])('is still after a minute, with noise over it of a standard deviation of %i', (deviation) => {
    expect(stillAfter(190, (turn) => withNoise(STILL, turn, deviation))).toBe(181);
  });

  it('is not still where somebody blinks once', () => {
    expect(stillAfter(190, (turn) => withNoise(turn === 100 ? blinking(STILL) : STILL, turn, 4))).toBeUndefined();
  });

  it('is not still for whoever sits down after it', () => {
    const stillness = openStillness();
    expect(stillAfter(190, (turn) => withNoise(STILL, turn, 4), stillness)).toBe(181);
    stillness.beginAnew();
    expect(stillness.still).toBe(false);
  });
});

it('somebody who moves all the time is not still, though no two of their pictures are more alike than others', () => {
  const film = drawnFilm(4, 4);
  expect(stillAfter(190, (turn) => film[(turn * 23) % film.length] as Picture)).toBeUndefined();
});
