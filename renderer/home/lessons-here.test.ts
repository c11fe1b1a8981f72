import { describe, expect, test } from 'vitest';
import { HomeLesson } from '../../contract/home/home-api.ts';
import { firstLeft, talliesOf } from './lessons-here.ts';

const lesson = (id: string, here: boolean, ms: number, proven = 0): HomeLesson =>
  HomeLesson.parse({
    ...{ lessonId: `le_${id}`, seconds: 90, here },
    atHome: { ms, position: 0, farthest: 0, complete: ms >= 90_000 },
    proven: { seconds: proven, complete: proven >= 90 },
  });
const [PACKAGE, DONE, LEFT] = [lesson('a', false, 0, 90), lesson('b', true, 90_000), lesson('c', true, 59_000)];

describe('a course with a package', () => {
  test('goes on at the first lesson that is left and can be studied at home', () => {
    expect(firstLeft([PACKAGE, DONE, LEFT])).toBe(2);
    expect(firstLeft([PACKAGE, LEFT, DONE])).toBe(1);
  });

  test('begins again at the first that can be where none is left, and anywhere where none can', () => {
    expect(firstLeft([PACKAGE, DONE])).toBe(1);
    expect(firstLeft([PACKAGE])).toBe(0);
  });

  test('counts it among what a station proves, and not among what is done at home', () => {
    const { atHome, proven } = talliesOf([PACKAGE, DONE, LEFT]);
    expect(atHome).toEqual({ minutes: 3, doneMinutes: 2, lessons: 2, doneLessons: 1 });
    expect(proven).toEqual({ minutes: 5, doneMinutes: 1, lessons: 3, doneLessons: 1 });
    expect(talliesOf([PACKAGE]).atHome).toEqual({ minutes: 0, doneMinutes: 0, lessons: 0, doneLessons: 0 });
  });
});
