import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Operator, openOperator } from '../cli/operator.ts';
import { type Program, startProgram } from '../cli/programs.ts';
import { homePaths } from '../contract/home/home-api.ts';
import type { ItemId } from '../contract/words/ids.ts';
import { CenterReady, FirstRun } from '../contract/words/programs.ts';
import { barriers } from './kit/barriers.ts';
import { readQr } from './kit/read-qr.ts';
import { root, seedBank } from './stage.ts';

/** Learning and a mock exam at home, on a phone: a browser and a center, each a program of its own. */
const data = join(root, 'data/home-test');
const NUMBER = '110105198001010016';
const COURSE = 'ex_learn-first-day';

const PHONE = { width: 360, height: 740 };

test.use({ viewport: PHONE, hasTouch: true, locale: 'zh-CN' });

let center: Program<CenterReady>;
let operator: Operator;
let token: string;

test.beforeAll(async () => {
  rmSync(data, { recursive: true, force: true });
  center = await launch('0');
  token = FirstRun.parse(JSON.parse(readFileSync(center.ready.firstRun, 'utf8'))).operatorToken;
  operator = openOperator(center.ready.url, token);
});
test.afterAll(() => center?.stop());

const launch = (port: string) =>
  startProgram(CenterReady, join(root, 'center/main.ts'), ['--port', port, '--data', data], { quiet: true });
const tap = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).first().click();
const screen = (page: Page, name: string) => page.locator(`[data-screen="${name}"]`).waitFor();

/** Nothing that axe objects to, nothing wider than the screen, nothing too small for a thumb. */
async function isForEverybody(page: Page, name: string): Promise<void> {
  const size = page.viewportSize() ?? PHONE;
  expect(await barriers(page, name, { sizes: [size], target: 44, leaves: size })).toEqual([]);
}

async function signIn(page: Page): Promise<void> {
  const { path } = await operator.inviteHome(NUMBER);
  await page.goto(new URL(path, center.ready.url).href);
  await screen(page, 'invitation');
  await tap(page, 'enter');
  await screen(page, 'start');
}

test('a worker learns at home, sits a mock exam, and signs out', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  const refusedByPolicy: string[] = [];
  page.on('console', (said) => {
    if (said.text().includes('Content Security Policy')) refusedByPolicy.push(said.text());
  });
  await page.goto(`${center.ready.url}/home`);
  await screen(page, 'signed-out');
  await isForEverybody(page, 'signed out');
  const { path } = await operator.inviteHome(NUMBER);
  await page.goto(new URL(path, center.ready.url).href);
  await screen(page, 'invitation');
  await isForEverybody(page, 'invitation');
  await tap(page, 'enter');
  await screen(page, 'start');
  expect(page.url()).not.toContain('invitation');
  await isForEverybody(page, 'start');

  // Part of the film; after a reload it goes on where it was.
  await tap(page, 'study');
  await screen(page, 'course');
  await tap(page, 'play');
  const lesson = page.locator('[data-ms]');
  await expect
    .poll(async () => Number(await lesson.getAttribute('data-ms')), { timeout: 15_000 })
    .toBeGreaterThan(4_000);
  await isForEverybody(page, 'film');
  await page.reload();
  await screen(page, 'course');
  const filmAt = () => page.locator('video').evaluate((film: HTMLVideoElement) => film.currentTime);
  await expect.poll(filmAt).toBeGreaterThan(3);
  expect(await filmAt()).toBeLessThan(15);

  // More time than passed is not credited, whoever asks for it and however.
  const lessonId = await page.locator('[data-lesson]').first().getAttribute('data-lesson');
  const report = (seconds: number) =>
    page.evaluate(
      async ([url, body]) =>
        (
          await fetch(url as string, {
            method: 'POST',
            body: body as string,
            headers: { 'content-type': 'application/json' },
          })
        ).json(),
      [homePaths.reports.replace(':examId', COURSE), JSON.stringify({ lessonId, seconds, position: 5 })],
    );
  const before = (await report(0)).atHome.ms;
  const from = Date.now();
  for (let n = 0; n < 3; n++) await report(600);
  expect((await report(600)).atHome.ms - before).toBeLessThan(Date.now() - from + 2_500);

  for (const [at, name] of [
    [1, 'page'],
    [2, 'document'],
    [3, 'questions'],
  ] as const) {
    await page.locator('[data-lesson]').nth(at).click();
    await expect(page.locator('[data-lesson]').nth(at)).toHaveAttribute('aria-current', 'true');
    if (name === 'document') await expect(page.locator('canvas')).not.toHaveAttribute('aria-label', /第 1 页/);
    await isForEverybody(page, name);
  }
  await answerQuestions(page);
  expect(refusedByPolicy).toEqual([]);
  expect(new Set(asked)).toEqual(new Set([new URL(center.ready.url).origin]));

  await sitMock(page);

  // What is done at home stands beside what counts, and in none of it.
  const [course] = (await operator.listCourses()).courses;
  expect(course).toMatchObject({ people: { begun: 0 }, atHome: { begun: 1 } });

  await tap(page, 'to-start');
  await screen(page, 'start');
  await tap(page, 'sign-out');
  await screen(page, 'signed-out');
  await page.reload();
  await screen(page, 'signed-out');
  expect((await page.request.get(`${center.ready.url}${homePaths.overview}`)).status()).toBe(401);
});

/** Each of the questions of the lesson that is open; that they are answered stands beside the lesson at once, and stays. */
async function answerQuestions(page: Page): Promise<void> {
  const items = new Map(seedBank().bank.items.map((item) => [item.id, item]));
  const lesson = page.locator('[data-lesson]').nth(3);
  for (;;) {
    await expect(lesson).toHaveAttribute('data-complete', 'false');
    const named = await page.locator('input[data-option]').first().getAttribute('name');
    for (const option of items.get(named as ItemId)?.key ?? []) await page.locator(`[data-option="${option}"]`).check();
    await tap(page, 'check');
    await expect(page.locator('.feedback.right')).toBeVisible();
    if ((await page.locator('[data-action="next"]').count()) === 0) break;
    await tap(page, 'next');
  }
  await expect(lesson).toHaveAttribute('data-complete', 'true');
  const said = await page.locator('.lesson-questions > .muted').textContent();
  await page.locator('[data-lesson]').nth(1).click();
  await lesson.click();
  await expect(page.locator('.lesson-questions > .muted')).toHaveText(said ?? '');
}

async function sitMock(page: Page): Promise<void> {
  const items = new Map(seedBank().bank.items.map((item) => [item.id, item]));
  await tap(page, 'to-start');
  await screen(page, 'start');
  await tap(page, 'begin-mock');
  await screen(page, 'mock');
  await isForEverybody(page, 'mock');
  const named = () => page.locator('input[data-option]').first().getAttribute('name');
  const choose = async (): Promise<void> => {
    for (const option of items.get((await named()) as ItemId)?.key ?? [])
      await page.locator(`[data-option="${option}"]`).check();
  };
  await choose();
  await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'false');
  const first = await named();
  await page.reload();
  await screen(page, 'mock');
  await expect(page.locator('input[data-option]:checked').first()).toBeVisible();
  expect(await named()).toBe(first);
  // By keys, too.
  for (let n = 1; n < 7; n++) {
    await tap(page, 'next');
    await choose();
  }
  await tap(page, 'hand-in');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'false');
  await tap(page, 'hand-in');
  await tap(page, 'confirm-hand-in');
  await screen(page, 'mock-result');
  await expect(page.locator('.outcome .marks')).toHaveText('80 分');
  // A formal exam draws from the same bank, which is published: this exam says that it reveals keys.
  await expect(page.locator('.mistakes > li')).toHaveCount(1);
  await expect(page.locator('.feedback')).toHaveCount(1);
  await page.locator('summary').click();
  await isForEverybody(page, 'result');
}

test('an exam that counts is not begun at home, and the page says what is away, and comes back', async ({ page }) => {
  await signIn(page);
  await expect(page.locator('body')).not.toContainText('通用安全知识考试');
  const formal = await page.evaluate(
    async ([url]) => {
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(url as string, {
        method: 'POST',
        body: JSON.stringify({ examId: 'ex_demo' }),
        headers,
      });
      return [reply.status, await reply.json()];
    },
    [homePaths.mocks],
  );
  expect(formal).toEqual([403, { reason: 'not-at-home' }]);

  await tap(page, 'begin-mock');
  await screen(page, 'mock');
  const { port } = new URL(center.ready.url);
  await center.stop();
  await page.locator('[data-option]').first().check();
  await expect(page.locator('[data-away]')).toBeVisible();
  await isForEverybody(page, 'away');
  // It asks for something small until the center answers.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await expect.poll(() => asked).toContain(homePaths.health);
  expect(asked).not.toContain(homePaths.overview);
  center = await launch(port);
  await expect(page.locator('[data-away]')).toBeHidden({ timeout: 20_000 });
  await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'false');
  await page.reload();
  await expect(page.locator('input[data-option]:checked')).toHaveCount(1);
});

test('an operator’s page shows an invitation that a phone can read, and ends it', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.goto(`${center.ready.url}/?token=${token}`);
  await page.getByRole('link', { name: '居家学习' }).click();
  await isForEverybody(page, 'at home');
  await page.getByRole('button', { name: '邀请赵演示' }).click();
  await isForEverybody(page, 'invitation to print');
  const address = await page.locator('.address').textContent();
  expect(await readQr(await page.locator('.code').screenshot())).toBe(address);
  expect(address).toMatch(new RegExp(`^${center.ready.url}/home/#invitation=[\\w-]{22}$`));
  await page.getByRole('link', { name: '返回居家学习' }).click();
  await page.getByRole('button', { name: '结束赵演示的居家学习' }).click();
  await page.goto(address ?? '');
  await tap(page, 'enter');
  await expect(page.locator('[data-reason="invitation-unknown"]')).toBeVisible();
});
