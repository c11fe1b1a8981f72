import type { CourseView, LessonView } from '../../contract/page/course-view.ts';

/** How much of a lesson's time is credited, 0..1. */
export const shareOf = ({ creditedMs, seconds }: LessonView): number => Math.min(1, creditedMs / (seconds * 1000));

/** Whole minutes that are credited, and that the course asks for; what has begun of a minute asked for counts as one. */
export function minutesOf({ lessons }: CourseView): { readonly credited: number; readonly asked: number } {
  const sum = (of: (lesson: LessonView) => number): number => lessons.reduce((total, lesson) => total + of(lesson), 0);
  return {
    credited: Math.floor(sum(({ creditedMs }) => creditedMs) / 60_000),
    asked: Math.ceil(sum(({ seconds }) => seconds) / 60),
  };
}
