import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';

/** The kiosk with a real Electron: what no fake can show. `npm run -s cli -- doctor` says whether there is one here. */
const root = resolve(import.meta.dirname, '..');
const binary = findBinary();
const main = join(root, 'dist/electron/main.js');

test.skip(!binary, 'skipped: no Electron binary is on this machine, and asking for one must not download it');
test.skip(!existsSync(main), 'skipped: the kiosk is not built: vite build -c electron/vite.config.ts');

let profile: string;
let kiosk: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'kiosk-e2e-'));
  kiosk = await _electron.launch({ executablePath: binary as string, args: args(), env: env(), cwd: root });
  page = await kiosk.firstWindow();
});
test.afterEach(async () => {
  await kiosk?.close();
  rmSync(profile, { recursive: true, force: true });
});

test('shows the station, with the camera, and nothing of Node', async () => {
  await expect(page).toHaveURL('app://station/index.html');
  await expect(page.locator('[data-screen="idle"]')).toBeVisible();
  await expect(page.locator('.device').first()).toHaveClass(/ready/);
  const seen = await page.evaluate('[typeof require, typeof process, Object.keys(examStation).join()]');
  expect(seen).toEqual(['undefined', 'undefined', 'connect']);
});

test('gives the page the camera only, and keeps it where it is', async () => {
  await expect(page.locator('[data-screen="idle"]')).toBeVisible();
  const ask = (wish: string) =>
    page.evaluate(`navigator.mediaDevices.getUserMedia(${wish}).then(() => 'granted', ({ name }) => name)`);
  expect(await ask('{ video: true }')).toBe('granted');
  expect(await ask('{ audio: true }')).toBe('NotAllowedError');
  expect(await ask('{ video: true, audio: true }')).toBe('NotAllowedError');
  expect(await page.evaluate("String(open('https://example.com/'))")).toBe('null');
  await page.evaluate("void (location.href = 'https://example.com/')");
  await expect(page.locator('[data-screen="idle"]')).toBeVisible();
  expect(page.url()).toBe('app://station/index.html');
});

test('comes back after the station dies, and after the page is loaded again', async () => {
  await expect(page.locator('[data-screen="idle"]')).toBeVisible();
  const stationPid = () =>
    kiosk.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Exam Station core')?.pid);
  const pid = await stationPid();
  process.kill(pid as number, 'SIGKILL');
  await expect(page.locator('[data-screen="idle"]')).toBeHidden();
  await expect(page.locator('[data-screen="idle"]')).toBeVisible();
  expect(await stationPid()).not.toBe(pid);
  await page.reload();
  await expect(page.locator('[data-screen="idle"]')).toBeVisible();
});

test('a second start ends at once and says why', () => {
  const second = spawnSync(binary as string, args(), { env: env(), cwd: root, encoding: 'utf8', timeout: 20_000 });
  expect(second.status).toBe(0);
  expect(second.stderr).toContain('Exam Station runs already');
});

/** The fake device is a camera like any other to our permission handlers; the prompt is not faked away. */
function args(): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [...asRoot, '--use-fake-device-for-media-stream', `--user-data-dir=${profile}`, main];
}

function env(): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const own = { EXAM_STATION_DATA_DIR: join(profile, 'data'), EXAM_CENTER_URL: 'http://127.0.0.1:9' };
  return { ...Object.fromEntries(inherited), ...own };
}

/** Where the electron package keeps its binary once it has one. Importing the package instead would fetch it. */
function findBinary(): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const name = join(folder, 'path.txt');
  const packaged = existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8').trim()) : undefined;
  const path = process.env.EXAM_STATION_ELECTRON ?? packaged;
  return path && existsSync(path) ? path : undefined;
}
