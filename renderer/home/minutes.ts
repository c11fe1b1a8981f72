import type { HomeLesson } from '../../contract/home/home-api.ts';

/** Whole minutes that a course asks for, and of them those at home and those that are proven; what has begun of a minute asked for counts as one. */
export function minutesOf(lessons: readonly HomeLesson[]): {
  readonly asked: number;
  readonly atHome: number;
  readonly proven: number;
} {
  const sum = (of: (lesson: HomeLesson) => number): number => lessons.reduce((total, lesson) => total + of(lesson), 0);
  return {
    asked: Math.ceil(sum(({ seconds }) => seconds) / 60),
    atHome: Math.floor(sum(({ atHome }) => atHome.ms) / 60_000),
    proven: Math.floor(sum(({ proven }) => proven.seconds) / 60),
  };
}
