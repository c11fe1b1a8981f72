import { expect, it } from 'vitest';
import { invitationPath } from '../../contract/home/home-api.ts';
import { CertificateNumber } from '../../contract/words/certificate-number.ts';
import { ExamId, LessonId, MockId, SittingId, TurnId } from '../../contract/words/ids.ts';
import { backFrom, certificateAt, courseAt, EXAMS, mockAt, resultAt, routeOf, START, turnAt } from './route.ts';

const [examId, lessonId, id] = [ExamId.parse('ex_a'), LessonId.parse('le_b'), MockId.parse('mk_c')];

it('every place has an address that leads back to it', () => {
  expect(routeOf(START)).toEqual({ at: 'start' });
  expect(routeOf(courseAt(examId, lessonId))).toEqual({ at: 'course', examId, lessonId });
  expect(routeOf(courseAt(examId))).toEqual({ at: 'course', examId });
  expect(routeOf(mockAt(id))).toEqual({ at: 'mock', id });
  expect(routeOf(new URL(invitationPath('abc'), 'https://c.example').hash)).toEqual({
    at: 'invitation',
    secret: 'abc',
  });
});

it.each([
  '',
  '#',
  '#/course',
  '#/course/../x',
  '#/mock/ex_a',
  '#/nothing/ex_a',
  '#/turn/ex_a',
  '#/result',
  '#/certificate/7K3M-9QXD-2FHT-9',
])('%j leads to the start', (fragment) => {
  expect(routeOf(fragment)).toEqual({ at: 'start' });
});

it('so have one’s own exams, and the way back from each leads to all of them', () => {
  const [turn, sitting] = [TurnId.parse('tu_a'), SittingId.parse('si_a')];
  const number = CertificateNumber.parse('7K3M-9QXD-2FHT-8');
  expect(routeOf(EXAMS)).toEqual({ at: 'exams' });
  expect(routeOf(turnAt(turn))).toEqual({ at: 'turn', id: turn });
  expect(routeOf(resultAt(sitting))).toEqual({ at: 'result', sittingId: sitting });
  expect(routeOf(certificateAt(number))).toEqual({ at: 'certificate', number });
  for (const place of [turnAt(turn), resultAt(sitting), certificateAt(number)])
    expect(backFrom(routeOf(place))).toBe(EXAMS);
  expect([backFrom(routeOf(EXAMS)), backFrom(routeOf(mockAt(id))), backFrom(routeOf(START))]).toEqual([
    ...[START, START, undefined],
  ]);
});
