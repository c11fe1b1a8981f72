import { describe, expect, it } from 'vitest';
import type { FaceBox } from '../networks/detector.ts';
import { follow, NO_TRACKS } from './tracks.ts';

const point = { x: 0, y: 0 };
const at = (x: number, y = 100, width = 100): FaceBox => ({
  ...{ x, y, width, height: 130, score: 0.9 },
  landmarks: [point, point, point, point, point],
});
/** The numbers of the faces of each frame. */
function numbers(...frames: readonly FaceBox[][]): number[][] {
  let tracks = NO_TRACKS;
  return frames.map((faces) => {
    const [tracked, next] = follow(tracks, faces);
    tracks = next;
    return tracked.map(({ track }) => track);
  });
}

describe('a face that is followed', () => {
  it('keeps its number while it moves', () => {
    expect(numbers([at(0)], [at(20)], [at(45)], [at(60, 110)])).toEqual([[1], [1], [1], [1]]);
  });

  it('keeps its number behind a hand, but not after it was away', () => {
    expect(numbers([at(0)], [], [], [at(5)])).toEqual([[1], [], [], [1]]);
    expect(numbers([at(0)], [], [], [], [at(5)])).toEqual([[1], [], [], [], [2]]);
  });

  it('is another when it appears elsewhere', () => {
    expect(numbers([at(0)], [at(300)])).toEqual([[1], [2]]);
  });

  it('is not mixed up with the one beside it, in whichever order they are found', () => {
    expect(numbers([at(0), at(200)], [at(205), at(3)], [at(3), at(205), at(400)])).toEqual([
      [1, 2],
      [2, 1],
      [1, 2, 3],
    ]);
  });

  it('is remembered by none when thirty come and go', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => at(i * 150));
    expect(numbers(crowd, [], [], [], crowd).at(-1)).toEqual(Array.from({ length: 30 }, (_, i) => i + 31));
  });
});
