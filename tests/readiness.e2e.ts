import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { demoCandidate, openSite, type Site } from '../cli/demo/site.ts';
import { startProgram } from '../cli/programs.ts';
import { StationReady } from '../contract/words/programs.ts';
import { cli, drawnStory, kioskWith, root, seedBank } from './stage.ts';

/** What staff and candidates are told before anybody sits down: by the station, by a command, by the center. */
const folder = join(root, 'data/readiness-test');
const { bank, pictures } = seedBank();
const somebody = demoCandidate('李文静', 1, null);
let site: Site;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  site = await openSite({ folder, bank, pictures, candidates: [somebody], quiet: true });
});
test.afterAll(() => site?.[Symbol.asyncDispose]());

type Doctored = {
  readonly ok: boolean;
  readonly status: string;
  readonly checks: readonly {
    readonly name: string;
    readonly status: string;
    readonly found: string;
    readonly expected: string;
    readonly advice?: { readonly zh: string; readonly en: string };
  }[];
};
async function doctor(data: string): Promise<Doctored & { readonly exit: number }> {
  const { status, stdout } = await cli(['doctor', '--json', '--data', data]);
  return { exit: status, ...(JSON.parse(stdout) as Doctored) };
}
const statusIn = ({ checks }: Doctored, name: string) => checks.find((check) => check.name === name)?.status;

test('a station that is not enrolled never looks ready: candidates are sent to the proctor, staff see why', async () => {
  const own = mkdtempSync(join(tmpdir(), 'exam-station-test-'));
  const args = [`--data=${join(own, 'station')}`, `--center=${site.centerUrl()}`];
  const station = await startProgram(StationReady, join(root, 'station/run/main.ts'), args, { quiet: true });
  try {
    expect(station.ready.readiness?.status).toBe('NOT READY');
    await using kiosk = await kioskWith(folder, 'not-enrolled', undefined);
    const { page } = kiosk;
    await kiosk.open(station.ready.url);
    await kiosk.screen('not-ready');
    await expect(page.getByText('本机还不能考试，请找监考员')).toBeVisible();
    await expect(page.locator('[data-action="type"]')).toHaveCount(0);
    await kiosk.tap('language');
    await expect(page.getByText('This station is not ready for exams. Please ask the proctor.')).toBeVisible();
    await kiosk.tap('readiness-list');
    const enrolment = page.locator('tr[data-check="enrolment"]');
    await expect(enrolment).toHaveAttribute('data-status', 'NOT READY');
    await expect(enrolment).toContainText('Get an enrolment code from the center');
    const outside = await doctor(join(own, 'station'));
    expect([outside.exit, outside.ok, outside.status]).toEqual([1, false, 'NOT READY']);
    expect(outside.checks.find(({ name }) => name === 'enrolment')).toMatchObject({
      ...{ status: 'NOT READY', found: 'none', expected: expect.any(String) },
      advice: { zh: expect.stringContaining('注册码'), en: expect.stringContaining('enrolment code') },
    });
  } finally {
    await station.stop();
    rmSync(own, { recursive: true, force: true });
  }
});

test('the screen of a station lists its checks, reachable by keyboard, and makes them anew', async () => {
  await using kiosk = await kioskWith(folder, 'readiness', undefined);
  const { page } = kiosk;
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  const button = page.locator('[data-action="readiness"]');
  const { width, height } = (await button.boundingBox()) ?? { width: 0, height: 0 };
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  await button.focus();
  await page.keyboard.press('Enter');
  await kiosk.screen('readiness');
  const row = (name: string) => page.locator(`tr[data-check="${name}"]`);
  await expect(row('enrolment')).toHaveAttribute('data-status', 'READY');
  await expect(row('enrolment')).toContainText('● 就绪');
  await expect(row('camera')).toHaveAttribute('data-reason', 'camera-missing');
  await expect(row('camera')).toContainText('▲ 注意');
  await kiosk.tap('readiness-check');
  await expect(page.locator('[data-action="readiness-check"]')).toBeEnabled();
  await expect(row('disk')).toContainText('MB');
  await expect(row('clock')).toHaveAttribute('data-status', 'READY');
  await kiosk.tap('language');
  await expect(row('kiosk')).toContainText('A plain browser', { ignoreCase: true });
  await kiosk.tap('readiness-back');
  await kiosk.screen('idle');
});

test('whoever sits down takes its place, and nothing is measured meanwhile', async () => {
  await using kiosk = await kioskWith(folder, 'sitting', await drawnStory());
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await kiosk.tap('readiness');
  await kiosk.screen('readiness');
  await site.swipe(somebody);
  await kiosk.screen('consenting');
  await expect(kiosk.page.locator('[data-action="readiness"]')).toHaveCount(0);
  await kiosk.tap('leave');
  await kiosk.screen('idle');
});

test('doctor looks at a station that runs without touching it, and at one that does not', async () => {
  const data = site.stationData();
  const files = () => readdirSync(data).sort();
  const before = files();
  const running = await doctor(data);
  expect([running.exit, running.status]).toEqual([0, 'WARNING']);
  expect(running.checks.find(({ name }) => name === 'running')?.found).toBe('running');
  expect([statusIn(running, 'enrolment'), statusIn(running, 'exams')]).toEqual(['READY', 'READY']);
  expect(running.checks.find(({ name }) => name === 'camera')).toMatchObject({
    ...{ status: 'WARNING', found: 'not measured' },
    advice: { en: expect.stringContaining('own screen') },
  });
  // Nothing was written beside whoever may sit an exam there.
  expect(statusIn(running, 'disk')).toBeUndefined();
  expect(files()).toEqual(before);
  await site.killStation();
  const stopped = await doctor(data);
  expect([stopped.exit, statusIn(stopped, 'database'), statusIn(stopped, 'exams')]).toEqual([0, 'READY', 'READY']);
  expect(statusIn(stopped, 'disk')).toBeDefined();
  await site.startStation();
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect(await doctor(empty)).toMatchObject({ exit: 1, ok: false, status: 'NOT READY' });
  const text = await cli(['doctor', '--data', empty]);
  expect(text.stdout).toMatch(/^NOT READY {2}enrolment: none \(expected .*\)\. .*\[not-enrolled\]$/m);
});

test('the center shows every station to whoever opens the doors', async ({ page }) => {
  const address = new URL(site.resultsUrl);
  await page.goto(address.href);
  const stations = page.locator('nav a[href="/stations"]');
  await stations.click();
  const row = page.locator('tr[data-station]');
  await expect(row).toHaveCount(1);
  await expect
    .poll(async () => {
      await page.reload();
      return row.innerText();
    })
    .toContain('camera-unseen');
  await expect(row).toContainText('摄像头');
  await expect(row).toContainText('应为');
});
