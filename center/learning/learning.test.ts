import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CourseReply,
  type CourseWish,
  type ListedCourses,
  operatorPaths,
} from '../../contract/people-center/operator-api.ts';
import type { Batch } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Bank } from '../../contract/words/items.ts';
import { sha256 } from '../../proof/index.ts';
import { demoBank, demoCourse, demoPictures } from '../seed/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { MESSAGES } from '../web/index.ts';

let open: TestCenter;
let ours: TestStation;
let theirs: TestStation;
let theirToken: string;
const [FILM, LEAFLET] = demoCourse().media as [Uint8Array, Uint8Array];
const hash = sha256(FILM);
const COURSE = demoCourse().exam as Exam & { course: NonNullable<Exam['course']> };

beforeAll(async () => {
  open = await openTestCenter();
  ours = await enrolStation(open.app, open.secrets.enrolmentCode);
  const other = await addOtherTenant(open);
  theirToken = other.token;
  theirs = await enrolStation(open.app, other.code, '别家');
});
afterAll(() => open.close());

const as = (token: string) => ({ authorization: `Bearer ${token}` });
const ask = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, token = open.secrets.operatorToken) =>
  open.app.inject({ method, url, headers: as(token), ...(payload === undefined ? {} : { payload }) });
const reasonOf = async (reply: ReturnType<typeof ask>): Promise<string> =>
  (await reply).json<{ reason: string }>().reason;
const upload = (bytes: Uint8Array) =>
  ask('PUT', `${operatorPaths.media}/${sha256(bytes)}`, Buffer.from(bytes), theirToken);
const wish = async (message: CourseWish, token?: string) =>
  (await ask('POST', operatorPaths.studies, message, token)).json<CourseReply>();

describe('a course', () => {
  const bank = demoBank();
  const put = (exam: object, of: Bank = bank, token = theirToken) =>
    ask('PUT', operatorPaths.courses, { exam, bank: of }, token);
  const changed = (changes: object) => ({ ...COURSE, ...changes });

  test('is put once all that it shows is there, and is its firm’s', async () => {
    await upload(FILM);
    expect(await reasonOf(put(COURSE))).toBe('media-missing');
    await upload(LEAFLET);
    expect(await reasonOf(put(COURSE))).toBe('picture-missing');
    for (const picture of [...demoPictures(), ...demoCourse().pictures])
      await ask('POST', operatorPaths.pictures, Buffer.from(picture), theirToken);
    expect((await put(COURSE)).statusCode).toBe(200);
    const { courses } = (await ask('GET', operatorPaths.courses, undefined, theirToken)).json<ListedCourses>();
    expect(courses).toMatchObject([
      { examId: COURSE.id, title: { zh: '进厂安全第一课' }, lessons: 4, seconds: 276, people: { assigned: 0 } },
    ]);
    expect((await theirs.assignment()).exams).toEqual([COURSE]);
  });

  test('is refused where it does not hold together', async () => {
    const [first, ...others] = COURSE.course.lessons;
    const longer = { ...first, sources: [{ hash, type: 'video/webm', bytes: 5 }] };
    for (const [exam, reason] of [
      [changed({ course: undefined, mode: 'formal' }), 'bad-message'],
      [changed({ passMarks: 6 }), 'bad-message'],
      [changed({ course: { ...COURSE.course, lessons: [longer, ...others] } }), 'bad-message'],
      [changed({ course: { ...COURSE.course, lessons: [first, first] } }), 'bad-message'],
      [changed({ course: { ...COURSE.course, lessons: [{ ...others[2], items: ['it_none'] }] } }), 'item-unknown'],
    ] as const)
      expect(await reasonOf(put(exam))).toBe(reason);
  });

  test('is put as a course, and stays one', async () => {
    const asExam = { exam: COURSE, bank };
    expect(await reasonOf(ask('PUT', operatorPaths.exams, asExam))).toBe('bad-message');
    const formal = (await ours.assignment()).exams.find(({ id }) => id === 'ex_demo');
    const over = { exam: { ...formal, id: COURSE.id }, bank };
    expect(await reasonOf(ask('PUT', operatorPaths.exams, over))).toBe('bad-message');
    expect(await reasonOf(put(changed({ id: 'ex_demo' }), bank, open.secrets.operatorToken))).toBe('bad-message');
  });

  test('travels in no package', async () => {
    const span = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2099-01-01T00:00:00.000Z' };
    const packed = { stationId: ours.stationId, examId: COURSE.id, ...span };
    expect(await reasonOf(ask('POST', operatorPaths.packages, packed))).toBe('no-exam');
  });

  test('has a bank that its operator may read, and nobody else', async () => {
    const url = `/v1/operator/banks/${bank.id}`;
    expect((await ask('GET', url)).json()).toEqual(JSON.parse(JSON.stringify(bank)));
    expect((await ask('GET', url.replace('bk_', 'bk_0'))).statusCode).toBe(404);
  });
});

describe('who studies', () => {
  const NEW = { id: 'cd_weld', name: '周焊', number: '11010519491231002X', examId: COURSE.id, post: '焊工' };
  const coursesOf = async (id: string, station = ours) =>
    (await station.assignment()).candidates.find((one) => one.id === id)?.courses;

  test('is whoever was given a course: all, some by their numbers, or whom it is meant for', async () => {
    expect(await coursesOf('cd_demo-1')).toEqual([COURSE.id]);
    const numbers = ['110105198001010016', '110105198502020028', '110101190001011009'];
    const some: CourseWish = { examId: COURSE.id, whom: { by: 'numbers', numbers }, end: true };
    expect(await wish(some)).toEqual({ changed: 2, assigned: 3, unknown: ['110101190001011009'] });
    expect(await coursesOf('cd_demo-1')).toBeUndefined();
    expect(await wish({ ...some, end: false })).toMatchObject({ changed: 2, assigned: 5 });
    expect(await wish({ examId: COURSE.id, whom: { by: 'all' } })).toEqual({ changed: 0, assigned: 5, unknown: [] });
    const welders: CourseWish = { examId: COURSE.id, whom: { by: 'audience', audience: { posts: ['焊工'] } } };
    expect(await wish(welders)).toMatchObject({ changed: 0, assigned: 5 });
  });

  test('and whoever has it for their exam; who they are is kept when they are put in again', async () => {
    expect((await ask('PUT', operatorPaths.candidates, NEW)).statusCode).toBe(200);
    expect(await coursesOf('cd_weld')).toEqual([COURSE.id]);
    const { post: _, ...again } = NEW;
    await ask('PUT', operatorPaths.candidates, { ...again, examId: 'ex_demo' });
    const welders: CourseWish = {
      examId: COURSE.id,
      whom: { by: 'audience', audience: { posts: ['焊工', '电工'] } },
      end: true,
    };
    expect(await wish(welders)).toMatchObject({ changed: 1, assigned: 5 });
  });

  test('is nobody of another firm, nor of a course that is none', async () => {
    const all: CourseWish = { examId: COURSE.id, whom: { by: 'all' } };
    expect(await wish(all, theirToken)).toEqual({ changed: 0, assigned: 0, unknown: [] });
    expect(await reasonOf(ask('POST', operatorPaths.studies, { ...all, examId: 'ex_demo' }))).toBe('no-exam');
    expect((await ask('POST', operatorPaths.studies, { ...all, whom: { by: 'nobody' } })).statusCode).toBe(400);
  });
});

/** What a station says of a sitting: seconds that were credited in it and all in all, of the film and of the page. */
function studied(
  candidateId: string,
  film: readonly [number, number],
  changes: Parameters<typeof recordOf>[1] = {},
  complete = false,
) {
  const [one, two] = COURSE.course.lessons;
  return recordOf(ours, {
    format: 'exam-station/record@8',
    ...{ candidateId, marks: 1, fullMarks: 5, passMarks: 4, passed: complete },
    exam: { id: COURSE.id, title: COURSE.title, mode: 'learning' },
    answers: [
      { itemId: 'it_right', chosen: ['op_1'], marks: 1 },
      { itemId: 'it_wrong', chosen: [], marks: 0 },
    ],
    learning: {
      ...{ courseId: COURSE.course.id, courseHash: sha256('course'), complete },
      lessons: [
        { lessonId: one?.id, seconds: film[0], total: film[1], complete },
        { lessonId: two?.id, seconds: 0, total: 0, complete },
      ],
    },
    ...changes,
  });
}

describe('what was studied', () => {
  let last: { number: number; batch: Batch } | null = null;
  const hand = async (...records: ReturnType<typeof studied>[]) => {
    const batch = await batchOf(ours, records, last);
    const reply = await ours.call('POST', paths.batches, batch);
    expect([reply.statusCode, reply.body.slice(0, 200)]).toEqual([200, expect.any(String)]);
    last = { number: (last?.number ?? 0) + 1, batch };
    // They are made up, and the center says so: somebody decides that they stand.
    for (const { sittingId } of records) {
      const decision = { sittingId, decision: 'stands', by: '试验员', note: '编造的记录' };
      expect((await ask('POST', operatorPaths.disputes, decision)).statusCode).toBe(200);
    }
  };
  const progressOf = async (id: string) => (await ours.assignment()).candidates.find((one) => one.id === id)?.progress;
  const listed = async () => (await ask('GET', operatorPaths.courses)).json<ListedCourses>();
  const see = (url: string) =>
    open.app.inject({ url, headers: { authorization: `Bearer ${open.secrets.operatorToken}` } });

  test('comes back to every station: of each lesson the most that one of them knew', async () => {
    expect(await progressOf('cd_demo-1')).toBeUndefined();
    await hand(studied('cd_demo-1', [20, 20]));
    await hand(studied('cd_demo-1', [12, 12], { answers: [{ itemId: 'it_other', chosen: [], marks: 1 }] }));
    const [film, page] = COURSE.course.lessons;
    expect(await progressOf('cd_demo-1')).toEqual([
      {
        examId: COURSE.id,
        lessons: [
          { lessonId: film?.id, seconds: 20, complete: false },
          { lessonId: page?.id, seconds: 0, complete: false },
        ],
        answers: ['it_right', 'it_other'],
      },
    ]);
    expect((await theirs.assignment()).candidates).toEqual([]);
  });

  test('is counted by people: who is to, who began, who is through', async () => {
    await hand(
      studied('cd_demo-2', [40, 40], {}, true),
      studied('cd_demo-3', [0, 0]),
      // Nobody gave it to them.
      studied('cd_visitor', [30, 30]),
    );
    const { courses, people } = await listed();
    expect(courses.map((course) => course.people)).toEqual([{ assigned: 5, begun: 2, completed: 1 }]);
    expect(people).toEqual({ assigned: 5, begun: 2, completed: 1 });
    const second = { ...COURSE, id: 'ex_learn-second', course: { ...COURSE.course, id: 'co_second' } };
    await ask('PUT', operatorPaths.courses, { exam: second, bank: demoBank() });
    const whom = { by: 'numbers', numbers: ['110105198502020028'] } as const;
    await wish({ examId: 'ex_learn-second' as CourseWish['examId'], whom });
    expect(await listed()).toMatchObject({
      courses: [{ people: { assigned: 5, begun: 2 } }, { people: { assigned: 1, begun: 0, completed: 0 } }],
      // Whoever is through with one of two is not through.
      people: { assigned: 5, begun: 2, completed: 0 },
    });
    expect((await ask('GET', operatorPaths.overview)).json().learning.people).toEqual({
      assigned: 5,
      begun: 2,
      completed: 0,
    });
  });

  test('is no exam: not in the totals, and used up no attempt', async () => {
    await hand(recordOf(ours));
    const page = (await see('/')).body;
    const figures = [...page.matchAll(/<dd[^>]*>(.*?)<\/dd>/g)].map(([, figure]) => figure?.replace(/<[^>]+>/g, ''));
    expect(figures[0]).toBe('1');
    const candidates = (await ours.assignment()).candidates;
    expect(candidates.find(({ id }) => id === 'cd_demo-2')?.attemptsUsed).toBe(0);
    expect(candidates.find(({ id }) => id === 'cd_demo-1')?.attemptsUsed).toBe(1);
  });

  test('is on the page, by itself where that is asked for', async () => {
    const rows = async (show: string) => (await see(`/${show}`)).body.split('<tr role="row"><td').length - 1;
    expect([await rows(''), await rows('?show=learning'), await rows('?show=exams')]).toEqual([6, 5, 1]);
    const { body } = await see('/?show=learning');
    expect(body).toContain(MESSAGES.zh.participation(2, 5));
    expect(body).toContain('40.0 %');
    const chips = [...body.matchAll(/class="chip (?:good|note)">([^<]+)</g)].map(([, text]) => text);
    expect(chips.filter((text) => text === MESSAGES.zh.studied)).toHaveLength(1);
    expect(chips.filter((text) => text === MESSAGES.zh.studying)).toHaveLength(4);
    expect(body).toContain(MESSAGES.zh.credited('0.7'));
    expect((await see('/?show=learning&lang=en')).body).toContain('First day at the plant: safety');
  });
});
