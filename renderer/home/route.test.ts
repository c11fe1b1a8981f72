import { expect, it } from 'vitest';
import { invitationPath } from '../../contract/home/home-api.ts';
import { ExamId, LessonId, MockId } from '../../contract/words/ids.ts';
import { courseAt, mockAt, routeOf, START } from './route.ts';

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

it.each(['', '#', '#/course', '#/course/../x', '#/mock/ex_a', '#/nothing/ex_a'])(
  '%j leads to the start',
  (fragment) => {
    expect(routeOf(fragment)).toEqual({ at: 'start' });
  },
);
