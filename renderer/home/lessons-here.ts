import type { HomeLesson } from '../../contract/home/home-api.ts';

/** Where somebody goes on: at the first lesson that is left of those that can be studied here, or at the first of these. */
export function firstLeft(lessons: readonly HomeLesson[]): number {
  const left = lessons.findIndex(({ here, atHome }) => here && !atHome.complete);
  return Math.max(0, left < 0 ? lessons.findIndex(({ here }) => here) : left);
}

/** What a course asks for and what of it is done, in whole minutes and in lessons. */
export type Tally = {
  readonly minutes: number;
  readonly doneMinutes: number;
  readonly lessons: number;
  readonly doneLessons: number;
};

/** What has begun of a minute asked for counts as one; of those done only whole ones do. At home what can be studied there. */
export function talliesOf(lessons: readonly HomeLesson[]): { readonly atHome: Tally; readonly proven: Tally } {
  const here = lessons.filter((lesson) => lesson.here);
  return {
    atHome: tally(here, ({ atHome }) => ({ seconds: atHome.ms / 1000, complete: atHome.complete })),
    proven: tally(lessons, ({ proven }) => proven),
  };
}

type Done = { readonly seconds: number; readonly complete: boolean };

function tally(lessons: readonly HomeLesson[], doneOf: (lesson: HomeLesson) => Done): Tally {
  const done = lessons.map(doneOf);
  const sum = (of: readonly { readonly seconds: number }[]): number =>
    of.reduce((total, one) => total + one.seconds, 0);
  return {
    minutes: Math.ceil(sum(lessons) / 60),
    doneMinutes: Math.floor(sum(done) / 60),
    lessons: lessons.length,
    doneLessons: done.filter(({ complete }) => complete).length,
  };
}
