import { describe, expect, it } from 'vitest';
import { fullMarks } from '../../contract/words/blueprint.ts';
import { courseItems } from '../../contract/words/course.ts';
import { Exam } from '../../contract/words/exam.ts';
import { sha256 } from '../../proof/index.ts';
import { BANK, PICTURE } from '../bank.fixture.ts';
import { type CourseFacts, found, type MediaFact, makeCourse, readCourseFile, trouble } from './index.ts';

const film = (seconds: number): MediaFact => ({
  kind: 'film',
  seconds,
  media: { hash: sha256(`film ${seconds}`), type: 'video/webm', bytes: 9 },
});
const leaflet: MediaFact = {
  kind: 'document',
  pages: 3,
  media: { hash: sha256('leaflet'), type: 'application/pdf', bytes: 9 },
};

const FACTS: CourseFacts = {
  bank: found({ bank: BANK, rejected: 0 }),
  media: new Map([
    ['a.webm', found(film(40.9))],
    ['a.mp4', found(film(41.2))],
    ['long.mp4', found(film(60))],
    ['leaflet.pdf', found(leaflet)],
    ['list.m3u8', trouble('media-type-unknown', 'list.m3u8: a list of parts')],
  ]),
  texts: new Map([
    ['zh.txt', found('# 头\n\n一段\n话。\n\n![标志](sign.png)\n- 甲\n- 乙')],
    ['en.txt', found('# Head\n\nOne\nparagraph.\n\n![a sign](sign.png)\n- A\n- B')],
    ['short.txt', found('# Head')],
  ]),
  pictures: new Map([['sign.png', found(sha256(PICTURE))]]),
};

const VIDEO = { kind: 'video', title: '影片', file: ['a.webm', 'a.mp4'], seek: 'free' };
const PAGE = { kind: 'page', title: { zh: '一页', en: 'A page' }, file: { zh: 'zh.txt', en: 'en.txt' } };
const DOCUMENT = { kind: 'document', title: '文件', file: 'leaflet.pdf' };
const QUESTIONS = { kind: 'questions', title: '题', items: [1, 11, 25] };
const WHOLE = { title: '课', bank: 'bank.json', lessons: [VIDEO, PAGE, DOCUMENT, QUESTIONS] };

/** Written as YAML reads it. */
function make(course: object, facts = FACTS) {
  const file = readCourseFile(JSON.stringify(course));
  return file.ok ? makeCourse(file.value, facts) : { ok: false as const, problems: [file] };
}
function examOf(course: object, facts = FACTS) {
  const made = make(course, facts);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.exam;
}
const problemsOf = (course: object, facts = FACTS) => {
  const made = make(course, facts);
  return made.ok ? [] : made.problems.map((one) => [('lesson' in one && one.lesson) || 0, one.reason]);
};

describe('a course', () => {
  it('is an exam of what its folder says', () => {
    const exam = examOf(WHOLE);
    expect(Exam.parse(exam)).toEqual(exam);
    expect(exam).toMatchObject({ mode: 'learning', bankId: BANK.id, passMarks: 3, liveness: 'passive' });
    expect(exam.course.lessons).toMatchObject([
      { kind: 'video', seconds: 40, seek: 'free', sources: [{ bytes: 9 }, { bytes: 9 }] },
      {
        ...{ kind: 'page', title: { zh: '一页', en: 'A page' }, seconds: 7 },
        blocks: [
          { kind: 'heading', text: { zh: '头', en: 'Head' } },
          { kind: 'paragraph', text: { zh: '一段话。', en: 'One paragraph.' } },
          { kind: 'picture', picture: { hash: sha256(PICTURE), alt: { zh: '标志', en: 'a sign' } } },
          {
            kind: 'list',
            items: [
              { zh: '甲', en: 'A' },
              { zh: '乙', en: 'B' },
            ],
          },
        ],
      },
      { kind: 'document', pages: 3, seconds: 90 },
      { kind: 'questions', seconds: 60, items: [BANK.items[0]?.id, BANK.items[10]?.id, BANK.items[24]?.id] },
    ]);
    expect(fullMarks(exam.blueprint)).toBe(courseItems(exam.course).length);
    expect(exam.blueprint.rows.map(({ kind, count }) => [kind, count])).toEqual([
      ['true-false', 1],
      ['single', 1],
      ['multiple', 1],
    ]);
  });

  it('and its lessons stay themselves when what is in them changes, and are others under other titles', () => {
    const [before, after] = [examOf(WHOLE), examOf({ ...WHOLE, lessons: [{ ...VIDEO, file: 'long.mp4' }, QUESTIONS] })];
    expect([after.id, after.course.id]).toEqual([before.id, before.course.id]);
    expect(after.course.lessons[0]?.id).toBe(before.course.lessons[0]?.id);
    const renamed = examOf({ ...WHOLE, title: '别的课', lessons: [{ ...VIDEO, title: '别的' }, QUESTIONS] });
    expect(renamed.id).not.toBe(before.id);
    expect(renamed.course.lessons[0]?.id).not.toBe(before.course.lessons[0]?.id);
    expect(examOf({ ...WHOLE, id: 'induction' })).toMatchObject({
      id: 'ex_learn-induction',
      course: { id: 'co_induction' },
    });
  });

  it('may ask nothing: then nothing is to be passed', () => {
    const exam = examOf({ ...WHOLE, lessons: [VIDEO] });
    expect([exam.passMarks, courseItems(exam.course)]).toEqual([0, []]);
    expect(Exam.safeParse(exam).success).toBe(true);
  });

  it('takes what it says of itself: seconds, rules, whom it is for, a topic', () => {
    const exam = examOf({
      ...WHOLE,
      ...{ pass: 0.5, minutes: 90, audience: { posts: ['焊工'] }, recapture: { minSeconds: 10 } },
      lessons: [
        { ...VIDEO, seconds: 30 },
        { ...DOCUMENT, seconds: 20 },
        { kind: 'questions', title: '题', topic: '主题 1', count: 2 },
      ],
    });
    expect(exam).toMatchObject({ passMarks: 1, durationSeconds: 5_400, recapture: { minSeconds: 10, maxSeconds: 40 } });
    expect(exam.course).toMatchObject({
      audience: { posts: ['焊工'] },
      lessons: [{ seconds: 30 }, { seconds: 20 }, {}],
    });
    const topics = courseItems(exam.course).map((id) => BANK.items.find((item) => item.id === id)?.topic);
    expect(topics).toEqual(['主题 1', '主题 1']);
  });
});

describe('what is wrong', () => {
  const only = (...lessons: object[]) => ({ ...WHOLE, lessons: [...lessons, QUESTIONS] });
  it.each([
    ['a film that is a stream', only({ ...VIDEO, file: 'list.m3u8' }), 1, 'media-type-unknown'],
    ['a film that is a document', only({ ...VIDEO, file: 'leaflet.pdf' }), 1, 'media-type-unknown'],
    ['a document that is a film', only(VIDEO, { ...DOCUMENT, file: 'a.mp4' }), 2, 'media-type-unknown'],
    ['a film that nobody found', only({ ...VIDEO, file: 'b.mp4' }), 1, 'file-missing'],
    ['two films of one', only({ ...VIDEO, file: ['a.mp4', 'long.mp4'] }), 1, 'films-differ'],
    ['more of a film than there is', only({ ...VIDEO, seconds: 42 }), 1, 'seconds-outside'],
    ['a lesson of no time', only({ ...DOCUMENT, seconds: 1 }), 1, 'seconds-outside'],
    ['a page without a text', only({ kind: 'page', title: '页' }), 1, 'text-empty'],
    ['a page that says nothing', only({ kind: 'page', title: '页', text: ' \n ' }), 1, 'text-empty'],
    [
      'a page in two languages that differ',
      only({ ...PAGE, file: { zh: 'zh.txt', en: 'short.txt' } }),
      1,
      'text-not-parallel',
    ],
    [
      'a heading that is a paragraph in English',
      only({ kind: 'page', title: '页', text: { zh: '# 头', en: 'head' } }),
      1,
      'text-not-parallel',
    ],
    ['a picture that is not there', only({ kind: 'page', title: '页', text: '![x](y.png)' }), 1, 'file-missing'],
    ['a number the bank does not have', { ...WHOLE, lessons: [{ ...QUESTIONS, items: [1, 99] }] }, 1, 'items-unknown'],
    [
      'more of a topic than there is',
      { ...WHOLE, lessons: [{ kind: 'questions', title: '题', topic: '没有' }] },
      1,
      'items-unknown',
    ],
    ['an item twice in a lesson', { ...WHOLE, lessons: [{ ...QUESTIONS, items: [1, 1] }] }, 1, 'items-twice'],
    ['an item in two lessons', only({ ...QUESTIONS, title: '又' }), 0, 'items-twice'],
    ['one title for two lessons', only(VIDEO, VIDEO), 0, 'lesson-twice'],
    ['rules that make no sense', { ...WHOLE, recapture: { minSeconds: 90 } }, 0, 'course-unreadable'],
    ['a word nobody knows', { ...WHOLE, colour: 'red' }, 0, 'course-unreadable'],
  ])('is said of %s, and of nothing else', (_, course, lesson, reason) => {
    expect(problemsOf(course)).toEqual([[lesson, reason]]);
  });

  it('is said all at once, and of the bank only once', () => {
    const facts = { ...FACTS, bank: trouble('bank-unreadable', 'no') };
    const lessons = [{ ...VIDEO, file: 'list.m3u8' }, QUESTIONS, { ...QUESTIONS, title: '又' }];
    expect(problemsOf({ ...WHOLE, lessons }, facts)).toEqual([
      [0, 'bank-unreadable'],
      [1, 'media-type-unknown'],
    ]);
  });

  it('is that a number means nobody knows which question where rows were left out', () => {
    const facts = { ...FACTS, bank: found({ bank: BANK, rejected: 2 }) };
    expect(problemsOf(WHOLE, facts)).toEqual([[4, 'items-unknown']]);
    const byId = { ...QUESTIONS, items: [BANK.items[3]?.id] };
    expect(problemsOf({ ...WHOLE, lessons: [byId] }, facts)).toEqual([]);
  });

  it('is a text that is no YAML', () => {
    expect(readCourseFile('lessons: [')).toMatchObject({ ok: false, reason: 'course-unreadable' });
  });
});
