import { useSyncExternalStore } from 'react';
import { invitationIn } from '../../contract/home/home-api.ts';
import { CertificateNumber } from '../../contract/words/certificate-number.ts';
import { ExamId, LessonId, MockId, SittingId, TurnId } from '../../contract/words/ids.ts';

/** Where somebody is: it stands behind the `#`, so that the phone's own way back works and a reload stays there. */
export type Route =
  | { readonly at: 'start' }
  | { readonly at: 'invitation'; readonly secret: string }
  | { readonly at: 'course'; readonly examId: ExamId; readonly lessonId?: LessonId | undefined }
  | { readonly at: 'mock'; readonly id: MockId }
  | { readonly at: 'exams' }
  | { readonly at: 'turn'; readonly id: TurnId }
  | { readonly at: 'result'; readonly sittingId: SittingId }
  | { readonly at: 'certificate'; readonly number: CertificateNumber };

export const START = '#/';
/** What somebody sat and is to sit. */
export const EXAMS = '#/exams';
export const courseAt = (examId: ExamId, lessonId?: LessonId): string =>
  `#/course/${examId}${lessonId ? `/${lessonId}` : ''}`;
export const mockAt = (id: MockId): string => `#/mock/${id}`;

export const turnAt = (id: TurnId): string => `#/turn/${id}`;
export const resultAt = (sittingId: SittingId): string => `#/result/${sittingId}`;
export const certificateAt = (number: CertificateNumber): string => `#/certificate/${number}`;

/** Where the way back leads from a place; nowhere from where one comes in. */
export function backFrom({ at }: Route): string | undefined {
  if (at === 'start' || at === 'invitation') return undefined;
  return at === 'turn' || at === 'result' || at === 'certificate' ? EXAMS : START;
}

export function routeOf(fragment: string): Route {
  const secret = invitationIn(fragment);
  if (secret !== undefined) return { at: 'invitation', secret };
  const [, what, id, part] = fragment.split('/');
  const [exam, lesson, mock] = [ExamId.safeParse(id), LessonId.safeParse(part), MockId.safeParse(id)];
  if (what === 'course' && exam.success) return { at: 'course', examId: exam.data, lessonId: lesson.data };
  if (what === 'mock' && mock.success) return { at: 'mock', id: mock.data };
  return ownRouteOf(what, id) ?? { at: 'start' };
}

function ownRouteOf(what: string | undefined, id: string | undefined): Route | undefined {
  const [turn, sitting, certificate] = [TurnId.safeParse(id), SittingId.safeParse(id), CertificateNumber.safeParse(id)];
  if (what === 'exams' && id === undefined) return { at: 'exams' };
  if (what === 'turn' && turn.success) return { at: 'turn', id: turn.data };
  if (what === 'result' && sitting.success) return { at: 'result', sittingId: sitting.data };
  if (what === 'certificate' && certificate.success) return { at: 'certificate', number: certificate.data };
  return undefined;
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
