import { useSyncExternalStore } from 'react';
import { invitationIn } from '../../contract/home/home-api.ts';
import { ExamId, LessonId, MockId } from '../../contract/words/ids.ts';

/** Where somebody is: it stands behind the `#`, so that the phone's own way back works and a reload stays there. */
export type Route =
  | { readonly at: 'start' }
  | { readonly at: 'invitation'; readonly secret: string }
  | { readonly at: 'course'; readonly examId: ExamId; readonly lessonId?: LessonId | undefined }
  | { readonly at: 'mock'; readonly id: MockId };

export const START = '#/';
export const courseAt = (examId: ExamId, lessonId?: LessonId): string =>
  `#/course/${examId}${lessonId ? `/${lessonId}` : ''}`;
export const mockAt = (id: MockId): string => `#/mock/${id}`;

export function routeOf(fragment: string): Route {
  const secret = invitationIn(fragment);
  if (secret !== undefined) return { at: 'invitation', secret };
  const [, what, id, part] = fragment.split('/');
  const [exam, lesson, mock] = [ExamId.safeParse(id), LessonId.safeParse(part), MockId.safeParse(id)];
  if (what === 'course' && exam.success) return { at: 'course', examId: exam.data, lessonId: lesson.data };
  if (what === 'mock' && mock.success) return { at: 'mock', id: mock.data };
  return { at: 'start' };
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export const useFragment = (): string => useSyncExternalStore(subscribe, () => location.hash);

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') location.replace(to);
  else location.hash = to;
}
