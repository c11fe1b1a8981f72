import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCenter, type TestCenter } from '../center/testing/index.ts';
import { SEED_COURSE } from '../scripts/seed-course/read.ts';
import { sharedFolder } from './kit/folders.ts';

/** What a clerk does with a course, by the commands there are for it. */
const root = resolve(import.meta.dirname, '..');
const folder = sharedFolder();
const course = join(folder, 'course');
let center: TestCenter;
let url: string;

beforeAll(async () => {
  center = await openTestCenter();
  url = await center.app.listen({ host: '127.0.0.1', port: 0 });
  mkdirSync(course);
  for (const name of readdirSync(SEED_COURSE)) copyFileSync(join(SEED_COURSE, name), join(course, name));
  const text = readFileSync(join(course, 'course.yaml'), 'utf8');
  const another = text
    .replace('id: first-day', 'id: first-week\naudience: { posts: [焊工] }')
    .replace('第一课', '第一周');
  writeFileSync(join(course, 'course.yaml'), another);
  // Another film than the one that was there from the first start.
  writeFileSync(join(course, 'film.webm'), readFileSync(join(course, 'film.webm')).subarray(0, 200_000));
});
afterAll(() => center.close());

type Said = { readonly exit: number; readonly json: Record<string, unknown> };

function run(...args: readonly string[]): Promise<Said> {
  return new Promise((done) =>
    execFile(process.execPath, [join(root, 'cli/main.ts'), ...args, '--json'], (error, stdout) =>
      done({ exit: typeof error?.code === 'number' ? error.code : 0, json: JSON.parse(stdout) }),
    ),
  );
}
const atCenter = (...args: readonly string[]): Promise<Said> =>
  run(...args, '--center', url, '--token', center.secrets.operatorToken);

it('a course is checked, with its bank where the center has it', async () => {
  const alone = await run('course', 'check', course);
  expect(alone).toMatchObject({ exit: 1, json: { ok: false, problems: [{ reason: 'bank-elsewhere' }] } });
  const checked = await atCenter('course', 'check', course);
  expect(checked).toMatchObject({ exit: 0, json: { ok: true, exam: { id: 'ex_learn-first-week' } } });
});

it('goes into the center with what is not there yet, once', async () => {
  const sent = { exam: 'ex_learn-first-week', media: 2 };
  expect(await atCenter('course', 'import', course)).toMatchObject({ exit: 0, json: { ok: true, ...sent, sent: 1 } });
  expect(await atCenter('course', 'import', course)).toMatchObject({ exit: 0, json: { ok: true, ...sent, sent: 0 } });
});

it('does not go there while something is wrong with it', async () => {
  const path = join(course, 'page.en.txt');
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, '# Nothing else');
  const refused = await atCenter('course', 'import', course);
  expect(refused).toMatchObject({ exit: 1, json: { ok: false, reason: 'course-unreadable' } });
  expect(refused.json.detail).toContain('lesson 2');
  writeFileSync(path, whole);
});

const exam = ['--exam', 'ex_learn-first-week'];

it('is given to people by their numbers, and says which are nobody’s', async () => {
  const numbers = join(folder, 'numbers.txt');
  writeFileSync(numbers, '110105198001010016\n11010519491231002x\n');
  expect(await atCenter('course', 'assign', ...exam, '--numbers', numbers)).toMatchObject({
    exit: 1,
    json: { changed: 1, assigned: 1, unknown: ['11010519491231002X'] },
  });
});

it('is given to whom it is for, and taken from them', async () => {
  const person = ['--name', '周焊', '--number', '11010519491231002X', '--exam', 'ex_demo', '--post', '焊工'];
  expect((await atCenter('candidate', ...person)).exit).toBe(0);
  expect((await atCenter('course', 'assign', ...exam, '--audience')).json).toMatchObject({ changed: 1, assigned: 2 });
  expect((await atCenter('course', 'assign', ...exam, '--posts', '焊工', '--end')).json).toMatchObject({ assigned: 1 });
  expect(await atCenter('course', 'assign', ...exam)).toMatchObject({ exit: 1, json: { reason: 'bad-message' } });
});

it('says how many of those who are to study it do', async () => {
  expect((await atCenter('course', 'list')).json).toMatchObject({
    courses: [{ examId: 'ex_learn-first-day' }, { examId: 'ex_learn-first-week', people: { assigned: 1, begun: 0 } }],
    people: { assigned: 5, begun: 0, completed: 0 },
  });
  expect((await atCenter('list')).json).toMatchObject({ courses: [{}, { examId: 'ex_learn-first-week' }] });
});

it('what was studied is written for other systems', async () => {
  const out = join(folder, 'statements.json');
  expect((await atCenter('learning', 'export', '--out', out)).json).toMatchObject({ ok: true, statements: 0 });
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual([]);
  writeFileSync(out, 'kept');
  expect((await atCenter('learning', 'export', '--out', out)).json).toMatchObject({ ok: false });
  expect(readFileSync(out, 'utf8')).toBe('kept');
  expect((await atCenter('learning', 'export', '--out', out, '--force')).json).toMatchObject({ ok: true });
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual([]);
});
