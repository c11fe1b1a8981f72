import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type HomeCourse,
  type HomeLesson,
  type HomeOverview,
  homePaths,
  type OpenCourse,
  type ToldLesson,
} from '../../contract/home/home-api.ts';
import { type ListedCourses, operatorPaths, type Statements } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { Lesson } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { CandidateId, ExamId, type ItemId, type LessonId, TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { hashOf, sha256 } from '../../proof/index.ts';
import type { Queries } from '../database/index.ts';
import { demoBank, demoCourse, demoPictures } from '../seed/index.ts';
import {
  type AtHome,
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  signIn,
  signInAt,
  soundRecordOf,
  type TestCenter,
} from '../testing/index.ts';
import { reportLesson } from './index.ts';

const NUMBER = '110105198001010016';
const { exam, media } = demoCourse();
const lessons = exam.course?.lessons ?? [];
const [film, page, , questions] = lessons;
const path = (of: string): string => of.replace(':examId', exam.id);

let open: TestCenter;
let home: AtHome;
let later = 0;

beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(Date.now() + later) });
  home = await signInAt(open, NUMBER);
});
afterAll(() => open.close());

const operator = async <T>(url: string): Promise<T> =>
  (await open.app.inject({ url, headers: { authorization: `Bearer ${open.secrets.operatorToken}` } })).json<T>();
const opened = async () => (await home.post(path(homePaths.open))).json<OpenCourse>();
const courseOf = async (): Promise<HomeCourse> =>
  (await home.get(homePaths.overview)).json<HomeOverview>().courses[0] as HomeCourse;
const report = async (seconds: number, position: number, lessonId = film?.id) =>
  (await home.post(path(homePaths.reports), { lessonId, seconds, position })).json<HomeLesson>();

describe('a course at home', () => {
  test('is credited what passed and no more, goes on where it was, and says apart what is proven', async () => {
    expect(await courseOf()).toMatchObject({ examId: exam.id, atHome: true });
    await opened();
    later += 5_000;
    expect((await report(5, 5)).atHome).toMatchObject({ position: 5, farthest: 5 });
    const before = (await report(0, 5)).atHome.ms;
    expect(before).toBeGreaterThan(4_900);
    // As often as it is said: no time has passed.
    for (let n = 0; n < 5; n++) await report(600, 5);
    const after = (await courseOf()).lessons[0];
    expect(after?.atHome.ms).toBeLessThan(before + 2_500);
    expect(after?.proven).toEqual({ seconds: 0, complete: false });
    expect((await opened()).lessons[0]?.atHome.position).toBe(5);
  });

  test('asks of each report once what was done and what is proven', async () => {
    const asked: string[] = [];
    const db: Queries = {
      query(sql, params) {
        asked.push(...(sql.match(/(?<=SELECT[^;]*FROM )\w+/g) ?? []));
        return open.center.db.query(sql, params);
      },
    };
    const candidateId = CandidateId.parse('cd_demo-1');
    const actor = { kind: 'learner', tenantId: TenantId.parse('tn_demo'), candidateId } as const;
    const said = { lessonId: film?.id as LessonId, seconds: 0, position: 5 };
    const { atHome } = await reportLesson(actor, db, actor.tenantId, exam.id, said, open.center.now());
    expect(atHome.position).toBe(5);
    for (const table of ['home_lessons', 'home_answers', 'course_progress'])
      expect([table, asked.filter((one) => one === table).length]).toEqual([table, 1]);
  });

  test('lets a film be wound on only to where it was seen', async () => {
    later += 5_000;
    const { atHome } = await report(5, 60);
    expect(atHome.position).toBeLessThan(20);
  });

  test('counts no time that passed before it was opened', async () => {
    later += 3_600_000;
    const [before] = (await opened()).lessons;
    expect((await report(600, 5)).atHome.ms).toBeLessThan((before?.atHome.ms ?? 0) + 1_000);
  });

  test('asks its questions without keys, and tells of an answer only whether it is right: a formal exam draws from the same', async () => {
    const { items } = await opened();
    expect(items.map(({ itemId }) => itemId)).toEqual(questions?.kind === 'questions' ? questions.items : []);
    expect(JSON.stringify(items)).not.toMatch(/"key"|explanation/);
    const keyOf = (id: ItemId) => demoBank().items.find((item) => item.id === id)?.key ?? [];
    for (const { itemId, options } of items) {
      const wrong = options.filter(({ id }) => !keyOf(itemId).includes(id)).slice(0, 1);
      const answer = (chosen: readonly string[]) => home.post(path(homePaths.answers), { itemId, chosen });
      expect((await answer(wrong.map(({ id }) => id))).json<ToldLesson>().told).toEqual({ right: false });
      const { told, lesson } = (await answer(keyOf(itemId))).json<ToldLesson>();
      expect([told, lesson.lessonId]).toEqual([{ right: true }, questions?.id]);
      expect(lesson.atHome.complete).toBe(itemId === items.at(-1)?.itemId);
    }
    const state = await opened();
    expect(state.lessons[3]?.atHome.complete).toBe(true);
    expect(state.answered).toHaveLength(items.length);
  });

  test('refuses what is not of it, in words', async () => {
    const refused = [
      [path(homePaths.reports), { lessonId: 'le_other', seconds: 1, position: 0 }, 422, 'lesson-unknown'],
      [path(homePaths.reports), { lessonId: film?.id, seconds: -1, position: 0 }, 400, 'bad-message'],
      [path(homePaths.reports), { lessonId: film?.id, seconds: 1, position: 0, also: 1 }, 400, 'bad-message'],
      [path(homePaths.answers), { itemId: 'it_other', chosen: [] }, 404, 'item-unknown'],
      [homePaths.open.replace(':examId', 'ex_demo'), {}, 422, 'no-exam'],
      [homePaths.open.replace(':examId', '..%2f..'), {}, 422, 'no-exam'],
    ] as const;
    for (const [url, payload, status, reason] of refused) {
      const reply = await home.post(url, payload);
      expect([url, reply.statusCode, reply.json()]).toMatchObject([url, status, { reason }]);
    }
  });

  test('shows its films by parts, and to nobody what is not theirs', async () => {
    const [bytes = new Uint8Array()] = media;
    const url = `${homePaths.media}/${sha256(bytes)}`;
    const part = await open.app.inject({ url, headers: { cookie: home.cookie, range: 'bytes=0-3' } });
    expect([part.statusCode, part.rawPayload, part.headers['content-type']]).toEqual([
      ...[206, Buffer.from(bytes.slice(0, 4)), 'video/webm'],
    ]);
    const [picture = new Uint8Array()] = demoPictures();
    const foreign = await home.get(`${homePaths.media}/${sha256(picture)}`);
    expect([foreign.statusCode, foreign.json()]).toEqual([404, { reason: 'media-missing' }]);
    expect((await open.app.inject({ url })).statusCode).toBe(401);
  });
});

describe('a course with a package', () => {
  const zip = zipSync({ 'index.html': strToU8('<p>') });
  const file = { hash: sha256(zip), type: 'application/zip', bytes: zip.length };
  const packed = Lesson.parse({
    ...{
      kind: 'scorm',
      id: 'le_package',
      title: { zh: '互动课件' },
      seconds: 30,
      version: '1.2',
      launch: 'index.html',
    },
    file,
  });
  const put = (id: string, studied: readonly Lesson[]): Exam => {
    const course = { ...exam.course, lessons: studied } as Exam['course'];
    return { ...exam, id: ExamId.parse(id), course, passMarks: 0 };
  };
  const shown = { ...page, seconds: 20 } as Lesson;
  const mixed = put('ex_learn-package', [packed, shown]);
  const alone = put('ex_learn-package-alone', [packed]);
  const at = (of: string): string => of.replace(':examId', mixed.id);

  beforeAll(async () => {
    const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
    const send = async (method: 'PUT' | 'POST', url: string, payload: object) => {
      const type = payload instanceof Buffer ? { 'content-type': 'application/octet-stream' } : {};
      const reply = await open.app.inject({ method, url, payload, headers: { ...headers, ...type } });
      expect([url, reply.statusCode]).toEqual([url, 200]);
    };
    await send('PUT', `${operatorPaths.media}/${file.hash}`, Buffer.from(zip));
    for (const one of [mixed, alone]) {
      await send('PUT', operatorPaths.courses, { exam: one, bank: demoBank() });
      await send('POST', operatorPaths.studies, { examId: one.id, whom: { by: 'numbers', numbers: [NUMBER] } });
    }
  });

  test('says which lesson is for a station, credits nothing of it, and serves nothing of it', async () => {
    const { lessons: stood } = (await home.post(at(homePaths.open))).json<OpenCourse>();
    expect(stood.map(({ here }) => here)).toEqual([false, true]);
    later += 5_000;
    const reply = await home.post(at(homePaths.reports), { lessonId: packed.id, seconds: 5, position: 0 });
    expect([reply.statusCode, reply.json().reason]).toEqual([403, 'not-at-home']);
    const served = await home.get(`${homePaths.media}/${file.hash}`);
    expect([served.statusCode, served.json()]).toEqual([404, { reason: 'media-missing' }]);
  });

  test('is complete at home with all that can be studied there', async () => {
    await home.post(at(homePaths.open));
    const said = { lessonId: shown.id, seconds: 20, position: 0 };
    later += 21_000;
    expect((await home.post(at(homePaths.reports), said)).json<HomeLesson>().atHome.complete).toBe(true);
    const { courses } = await operator<ListedCourses>(operatorPaths.courses);
    expect(courses.find(({ examId }) => examId === mixed.id)?.atHome).toEqual({ begun: 1, completed: 1 });
  });

  test('and nothing else is studied at a station', async () => {
    const { courses } = (await home.get(homePaths.overview)).json<HomeOverview>();
    expect(courses.find(({ examId }) => examId === alone.id)?.atHome).toBe(false);
    const reply = await home.post(homePaths.open.replace(':examId', alone.id));
    expect([reply.statusCode, reply.json().reason]).toEqual([403, 'not-at-home']);
  });
});

describe('what is learnt at home', () => {
  test('counts nowhere: not in the participation, in no record, in no statement; it has a column of its own', async () => {
    const { courses, people } = await operator<ListedCourses>(operatorPaths.courses);
    expect(courses[0]).toMatchObject({ people: { begun: 0, completed: 0 }, atHome: { begun: 1, completed: 0 } });
    expect(people).toMatchObject({ begun: 0, completed: 0 });
    const said = await operator<Statements>(`${operatorPaths.statements}?home=https://center.example`);
    expect(said.statements).toEqual([]);
    const page = await open.app.inject({
      url: '/',
      headers: { cookie: await signIn(open.app, open.secrets.operatorToken) },
    });
    expect(page.body).toContain('居家学习');
  });

  test('does not reach a station, and what a station proves is told at home', async () => {
    later = 0;
    const station = await enrolStation(open.app, open.secrets.enrolmentCode);
    const { candidates } = await station.assignment();
    expect(candidates.find(({ id }) => id === 'cd_demo-1')?.progress).toBeUndefined();
    const learning = {
      ...{ courseId: exam.course?.id, courseHash: hashOf(exam.course), complete: false },
      lessons: lessons.map(({ id }) => ({
        lessonId: id,
        seconds: id === page?.id ? 20 : 0,
        total: id === page?.id ? 20 : 0,
        complete: false,
      })),
    };
    const put = (await station.assignment()).exams.find(({ id }) => id === exam.id) as Exam;
    const bank = (await station.call('GET', paths.bank(put.bankId))).json<Bank>();
    const changes = { learning, passed: false };
    const studied = soundRecordOf(station, { exam: put, bank, nth: 1, at: new Date(), changes });
    const batch = await batchOf(station, [studied]);
    expect((await station.call('POST', '/v1/batches', batch)).statusCode).toBe(200);
    const [, stood] = (await courseOf()).lessons;
    expect(stood).toMatchObject({ atHome: { ms: 0 }, proven: { seconds: 20, complete: false } });
    expect((await operator<ListedCourses>(operatorPaths.courses)).courses[0]?.people.begun).toBe(1);
  });

  test('is of one person: another one starts at nothing, and one of another firm finds no course', async () => {
    const other = await signInAt(open, '110105198502020028');
    const [course] = (await other.get(homePaths.overview)).json<HomeOverview>().courses;
    expect(course?.lessons.every(({ atHome }) => atHome.ms === 0)).toBe(true);
    const { token } = await addOtherTenant(open);
    const headers = { authorization: `Bearer ${token}` };
    for (const payload of demoPictures())
      await open.app.inject({ method: 'POST', url: operatorPaths.pictures, payload: Buffer.from(payload), headers });
    const mine = {
      ...exam,
      id: 'ex_own',
      course: undefined,
      mode: 'mock',
      home: undefined,
      blueprint: { rows: [{ kind: 'single', count: 1, marks: 1 }] },
      passMarks: 1,
    };
    const put = await open.app.inject({
      method: 'PUT',
      url: operatorPaths.exams,
      payload: { exam: mine, bank: demoBank() },
      headers,
    });
    expect(put.statusCode).toBe(200);
    const candidate = { id: 'cd_theirs', name: '别家人', number: NUMBER, examId: 'ex_own' };
    await open.app.inject({ method: 'PUT', url: operatorPaths.candidates, payload: candidate, headers });
    const theirs = await signInAt(open, NUMBER, token);
    expect((await theirs.get(homePaths.overview)).json()).toMatchObject({ name: '别家人', courses: [], mocks: [] });
    expect((await theirs.post(path(homePaths.open))).json()).toEqual({ reason: 'no-exam' });
  });
});
