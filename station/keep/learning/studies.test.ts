import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { CandidateId, ExamId, ItemId, LessonId, OptionId } from '../../../contract/words/ids.ts';
import { GUEST } from '../../../proof/proof.fixture.ts';
import { openDatabase } from '../../core/database/index.ts';
import type { Before } from '../../core/sitting/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { openStudies, studiesEraser } from './index.ts';

const [WANG, COURSE] = [CandidateId.parse('cd_wang'), ExamId.parse('ex_course')];
const lesson = (seconds: number, complete = false, position = seconds) => ({
  ...{ lessonId: LessonId.parse('le_1'), seconds, position, complete },
});
const answer = (option: string) => ({ itemId: ItemId.parse('it_1'), chosen: [OptionId.parse(option)] });
const came = (seconds: number, more: Partial<Before> = {}): Before => ({
  lessons: [lesson(seconds)],
  answers: [],
  ...more,
});

function open() {
  const database = openDatabase(':memory:');
  return { database, studies: openStudies(database, openVault(randomBytes(32))) };
}

it('nothing that was reached is lost, however often it is noted', () => {
  const book = open().studies.book(undefined);
  expect(book.of(WANG, COURSE)).toBeUndefined();
  book.note(WANG, COURSE, came(30, { answers: [answer('op_1')] }));
  for (let n = 0; n < 2; n++) book.note(WANG, COURSE, came(20));
  expect(book.of(WANG, COURSE)).toEqual({ lessons: [lesson(30)], answers: [answer('op_1')] });
  book.note(WANG, COURSE, { lessons: [lesson(40, true)], answers: [answer('op_2')] });
  expect(book.of(WANG, COURSE)).toEqual({ lessons: [lesson(40, true)], answers: [answer('op_2')] });
});

it('two firms that call somebody alike have a book each, and one is erased alone', () => {
  const { database, studies } = open();
  studies.book(undefined).note(WANG, COURSE, came(10));
  studies.book(GUEST).note(WANG, COURSE, came(50));
  expect(studies.book(undefined).of(WANG, COURSE)?.lessons).toEqual([lesson(10)]);
  studiesEraser(database)(GUEST);
  expect(studies.book(GUEST).of(WANG, COURSE)).toBeUndefined();
  expect(studies.book(undefined).of(WANG, COURSE)?.lessons).toEqual([lesson(10)]);
});

it('what a package left is one firm’s and one lesson’s, the newest of it, and goes with the firm', () => {
  const { database, studies } = open();
  const [own, other] = [LessonId.parse('le_1'), LessonId.parse('le_2')];
  const state = (location: string) => ({ location, suspendData: '' });
  studies.book(undefined).keepState(WANG, COURSE, own, state('a'));
  studies.book(undefined).keepState(WANG, COURSE, own, state('b'));
  studies.book(GUEST).keepState(WANG, COURSE, own, state('c'));
  expect(studies.book(undefined).stateOf(WANG, COURSE, own)).toEqual(state('b'));
  expect(studies.book(undefined).stateOf(WANG, COURSE, other)).toBeUndefined();
  studiesEraser(database)(GUEST);
  expect(studies.book(GUEST).stateOf(WANG, COURSE, own)).toBeUndefined();
  expect(studies.book(undefined).stateOf(WANG, COURSE, own)).toEqual(state('b'));
});
