import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CourseLook, HomeInvited, HomeLearner, SeenCourse, Student } from '../../contract/platform/courses.ts';
import type { Job } from '../../contract/platform/jobs.ts';
import { type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { jobKey } from '../jobs/index.ts';
import { clearCourseDrafts } from '../learning/index.ts';
import { placeOfTenant } from '../organisations/index.ts';
import { demoBank } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { accountAt, addOtherTenant, openTestCenter, platformOf, type TestCenter } from '../testing/index.ts';

const SEED = join(import.meta.dirname, '../seed/course');
const EXAM = 'ex_learn-fire';

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let chief: ActingAccount;
let firm: OrganisationId;
let at: string;

beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  firm = (await placeOfTenant(open.center.db, TenantId.parse('tn_demo'))).id;
  chief = await accountAt(open, 'firm', firm);
  at = `/v1/platform/firms/${firm}`;
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

const get = async <T>(path: string, actor = chief): Promise<T> =>
  (await platform.ask(actor, { method: 'GET', url: `${at}${path}` })).json<T>();
const post = async <T>(path: string, payload: object, actor = chief): Promise<T> =>
  (await platform.ask(actor, { method: 'POST', url: `${at}${path}`, payload })).json<T>();

const courseFile = (lessons: readonly object[], more: object = {}): Uint8Array => {
  const said = { title: '消防', id: 'fire', bank: demoBank().id, home: 'allowed', lessons, ...more };
  const files = ['emergency.pdf', 'film.webm'].map((name) => [name, readFileSync(join(SEED, name))] as const);
  return zipSync({ ...Object.fromEntries(files), 'course.yaml': Buffer.from(JSON.stringify(said)) }, { level: 0 });
};
const LESSONS = [
  { kind: 'video', title: '影片', file: 'film.webm' },
  { kind: 'document', title: '处置卡', file: 'emergency.pdf' },
  { kind: 'questions', title: '学会了吗', items: [1, 2] },
];
const look = async <T = CourseLook>(bytes: Uint8Array): Promise<T> =>
  post<T>('/course-drafts', Buffer.from(bytes) as unknown as object);
const drafts = () => readdirSync(join(open.center.data, 'course-drafts'));

test('what is wrong with a course is said lesson by lesson, and nothing of it stays', async () => {
  const looked = await look(courseFile([...LESSONS, { kind: 'document', title: '没有', file: 'none.pdf' }]));
  expect(looked).toMatchObject({ course: null, problems: [{ lesson: 4, title: '没有', reason: 'file-missing' }] });
  for (const bytes of [Buffer.from('no zip'), Buffer.alloc(0), zipSync({ 'a.txt': Buffer.from('a') })]) {
    const refused = await look<{ reason: string; detail: string }>(bytes);
    expect(refused.reason).toBe('course-unreadable');
    expect(refused.detail ?? '').not.toContain(open.center.data);
  }
  expect(await look(courseFile(LESSONS, { bank: 'bk_none' }))).toMatchObject({ reason: expect.any(String) });
  expect(drafts()).toEqual([]);
});

test('a course is looked at, put in once, and put in again takes the place of the one before', async () => {
  const looked = await look(courseFile(LESSONS));
  expect(looked).toMatchObject({ problems: [], replaces: false, course: { examId: EXAM, home: true } });
  expect(looked.course?.lessons.map(({ kind, count }) => [kind, count])).toEqual([
    ['video', null],
    ['document', expect.any(Number)],
    ['questions', 2],
  ]);
  expect(await post(`/course-drafts/${looked.draft}`, {})).toEqual({ examId: EXAM });
  // Whoever heard no answer asks again.
  expect(await post(`/course-drafts/${looked.draft}`, {})).toEqual({ examId: EXAM });
  expect(drafts()).toEqual([expect.stringMatching(/\.put$/)]);
  await clearCourseDrafts(open.center, Date.now() + 3_700_000);
  expect(drafts()).toEqual([]);
  expect(await post(`/course-drafts/${looked.draft}`, {})).toMatchObject({ reason: 'media-missing' });
  expect((await get<SeenCourse>(`/courses/${EXAM}`)).lessons).toHaveLength(3);
  expect(await look(courseFile(LESSONS))).toMatchObject({ replaces: true });
  expect(await get('/courses/ex_demo')).toMatchObject({ reason: 'no-exam' });
});

test('those that come at one moment wait in line, three of a firm at most, and go after an hour', async () => {
  await clearCourseDrafts(open.center, Date.now() + 3_700_000);
  const looked = await Promise.all(
    [courseFile(LESSONS), courseFile(LESSONS), Buffer.from('no zip')].map((one) => look(one)),
  );
  expect(looked).toMatchObject([{ problems: [] }, { problems: [] }, { reason: 'course-unreadable' }]);
  expect(await look(courseFile(LESSONS))).toMatchObject({ problems: [] });
  expect(await look(courseFile(LESSONS))).toMatchObject({ reason: 'try-later' });
  expect(drafts()).toHaveLength(3);
  await clearCourseDrafts(open.center, Date.now() + 3_700_000);
  expect(drafts()).toEqual([]);
});

test('what one firm sent, another does not put in', async () => {
  await addOtherTenant(open);
  const place = await placeOfTenant(open.center.db, TenantId.parse('tn_other'));
  const { draft } = await look(courseFile(LESSONS));
  const stranger = await accountAt(open, 'firm', place.id);
  const url = `/v1/platform/firms/${place.id}/course-drafts/${draft}`;
  const refused = await platform.ask(stranger, { method: 'POST', url, payload: {} });
  expect(refused.json()).toMatchObject({ reason: 'media-missing' });
});

test('it is given to all, to whoever is of a post, or to some, and taken away; each look is written down', async () => {
  await open.center.db.query("UPDATE candidates SET post = '焊工' WHERE id = 'cd_demo-1'");
  expect((await get<{ posts: string[] }>('/audiences')).posts).toContain('焊工');
  const give = (whom: object, end = false) => post(`/courses/${EXAM}/people`, { whom, end });
  expect(await give({ by: 'audience', audience: { posts: ['焊工'] } })).toEqual({ changed: 1, assigned: 1 });
  expect(await give({ by: 'people', ids: ['cd_demo-2', 'cd_nobody'] })).toEqual({ changed: 1, assigned: 2 });
  const students = (query = '') => get<{ rows: Student[]; next: string | null }>(`/courses/${EXAM}/people${query}`);
  const looks = async () =>
    (await open.center.db.query("SELECT 1 FROM audit_lines WHERE what = 'looked' AND tenant_id = 'tn_demo'")).length;
  const before = await looks();
  const { rows } = await students();
  expect(await looks()).toBe(before + 1);
  expect(rows.map(({ id }) => id).toSorted()).toEqual(['cd_demo-1', 'cd_demo-2']);
  expect(rows[0]).toMatchObject({ seconds: 0, state: 'none', atHome: null, access: null });
  expect(rows.map(({ number }) => number).join()).not.toMatch(/\d{10}/);
  const first = await students('?size=1');
  const second = await students(`?size=1&after=${first.next}`);
  expect([...first.rows, ...second.rows]).toEqual(rows);
  expect((await students('?state=completed')).rows).toEqual([]);
  expect((await students('?state=none')).rows).toHaveLength(2);
  expect(await give({ by: 'people', ids: ['cd_demo-2'] }, true)).toEqual({ changed: 1, assigned: 1 });
  expect(await give({ by: 'all' })).toMatchObject({ changed: expect.any(Number) });
  expect(await give({ by: 'people', ids: [] })).toMatchObject({ reason: 'bad-message' });
});

test('people are invited to learn at home, many at once or none of them, and signed out', async () => {
  const ids = ['cd_demo-1', 'cd_demo-2'];
  expect(await post('/home', { ids: [...ids, 'cd_nobody'] })).toMatchObject({ reason: 'not-on-roster' });
  expect((await get<{ rows: HomeLearner[] }>('/home')).rows).toEqual([]);
  const { invitations } = await post<{ invitations: HomeInvited[] }>('/home', { ids });
  expect(invitations.map(({ id }) => id)).toEqual(ids);
  expect(new Set(invitations.map(({ path }) => path)).size).toBe(2);
  const { rows } = await get<{ rows: HomeLearner[] }>('/home');
  expect(rows.map(({ id }) => id)).toEqual(ids);
  const paged = await get<{ rows: HomeLearner[]; next: string }>('/home?size=1');
  expect((await get<{ rows: HomeLearner[] }>(`/home?size=1&after=${paged.next}`)).rows.map(({ id }) => id)).toEqual([
    'cd_demo-2',
  ]);
  const students = await get<{ rows: Student[] }>(`/courses/${EXAM}/people?size=500`);
  expect(
    students.rows
      .filter(({ access }) => access?.invitedUntil)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids);
  await post('/home/end', { ids: ['cd_demo-1'] });
  expect((await get<{ rows: HomeLearner[] }>('/home')).rows.map(({ id }) => id)).toEqual(['cd_demo-2']);
});

test('what was studied is made as a file that is JSON, also where it is nothing', async () => {
  const { id } = await post<Job>('/statements', { home: 'https://center.example' });
  await eventually(async () => {
    const job = await platform.ask(chief, { method: 'GET', url: `/v1/platform/jobs/${id}` });
    expect(job.json<Job>().state).toBe('done');
  });
  expect(JSON.parse(await text((await open.center.objects.read(jobKey(id))) ?? Readable.from([])))).toEqual([]);
});
