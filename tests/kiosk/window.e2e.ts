import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type KioskLab, type LabKiosk, noLab, openKioskLab, shellProgram } from '../../cli/lab/kiosk-lab.ts';
import { stationProcess } from '../../cli/lab/kiosk-process.ts';
import { root } from '../stage.ts';

/** The kiosk on a real Electron, in a real window, with Chromium's sandbox on: what no fake can show. */
const why = noLab();
test.skip(why !== undefined, why);

let lab: KioskLab;
let kiosk: LabKiosk;
let page: Page;

test.beforeAll(async () => {
  lab = await openKioskLab();
});
test.afterAll(() => lab?.[Symbol.asyncDispose]());

/** A camera of Chromium's own: a camera like any other to our permission handlers; the prompt is not faked away. */
const CAMERA = ['--use-fake-device-for-media-stream'];
/** Nobody answers there, so the station is not enrolled, and says that it is not ready. */
const NO_CENTER = { EXAM_CENTER_URL: 'http://127.0.0.1:9' };

test.beforeEach(async () => {
  kiosk = await lab.launch({ switches: CAMERA, env: NO_CENTER });
  page = await kiosk.app.firstWindow();
});
test.afterEach(() => kiosk?.[Symbol.asyncDispose]());

const FIRST_SCREEN = '[data-screen="not-ready"]';
const first = () => page.locator(FIRST_SCREEN);

test('shows the station, with the camera, and nothing of Node', async () => {
  await expect(page).toHaveURL('app://station/index.html');
  await expect(first()).toBeVisible();
  await expect(page.locator('.device').first()).toHaveClass(/ready/);
  const seen = await page.evaluate('[typeof require, typeof process, Object.keys(examStation).join()]');
  expect(seen).toEqual(['undefined', 'undefined', 'connect,leave,printer,print']);
});

test('fills the screen, and every page of it runs in the sandbox', async () => {
  await expect(first()).toBeVisible();
  const window = await kiosk.app.evaluate(({ BrowserWindow }) => {
    const [only] = BrowserWindow.getAllWindows();
    return { kiosk: only?.isKiosk(), bounds: only?.getBounds() };
  });
  expect(window).toEqual({ kiosk: true, bounds: { x: 0, y: 0, width: 1280, height: 800 } });
  const types = await kiosk.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, sandboxed }) => `${type}${sandboxed === false ? ' unsandboxed' : ''}`),
  );
  expect(types).toContain('Tab');
  expect(types).not.toContain('Tab unsandboxed');
  expect(kiosk.app.process().spawnargs.join(' ')).not.toContain('no-sandbox');
});

test('gives the page the camera only, and keeps it where it is', async () => {
  await expect(first()).toBeVisible();
  const ask = (wish: string) =>
    page.evaluate(`navigator.mediaDevices.getUserMedia(${wish}).then(() => 'granted', ({ name }) => name)`);
  // A camera that is still starting for the page itself may be late for a second asker; one that is refused stays refused.
  await expect.poll(() => ask('{ video: true }'), { timeout: 40_000 }).toBe('granted');
  expect(await ask('{ audio: true }')).toBe('NotAllowedError');
  expect(await ask('{ video: true, audio: true }')).toBe('NotAllowedError');
  expect(await page.evaluate("String(open('https://example.com/'))")).toBe('null');
  // The window, not Playwright, is asked afterwards: that waits for a navigation it saw begin.
  await page.evaluate("void (location.href = 'https://example.com/')");
  await expect.poll(() => kiosk.said()).toContain('a navigation was denied');
  const shown = "[location.href, document.querySelector('[data-screen]')?.dataset.screen].join(' ')";
  await expect.poll(() => page.evaluate(shown)).toBe('app://station/index.html not-ready');
});

test('says of itself what only it can see', async () => {
  await expect(first()).toBeVisible();
  await page.locator('[data-action="readiness"]').click();
  const row = (name: string) => page.locator(`tr[data-check="${name}"]`);
  // Whether every step of the lockdown holds is this machine's business; that it is said is ours.
  await expect(row('lockdown')).toBeVisible();
  for (const name of ['leftovers', 'displays']) await expect(row(name)).toHaveAttribute('data-status', 'READY');
  // Whichever one this is: the one that is shipped is READY, an older one to test with is said to be another.
  await expect(row('electron')).toContainText('Chromium');
  await expect(row('enrolment')).toHaveAttribute('data-status', 'NOT READY');
});

test('comes back after the station dies, and after the page is loaded again', async () => {
  await expect(first()).toBeVisible();
  const pid = stationProcess(kiosk);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
  await expect(page.locator('.waiting')).toBeVisible();
  await expect(page.locator('.waiting')).toBeHidden();
  await expect(first()).toBeVisible();
  expect(stationProcess(kiosk)).not.toBe(pid);
  await page.reload();
  await expect(first()).toBeVisible();
});

test('says that it is for trying out in an unlocked window, and nothing of it in the locked one', async () => {
  await expect(first()).toBeVisible();
  await expect(page.locator('[data-host]')).toHaveCount(0);
  await using open = await lab.launch({ switches: CAMERA, env: NO_CENTER, unlocked: true });
  const screen = await open.app.firstWindow();
  await expect(screen.locator('[data-host="kiosk-unlocked"]')).toHaveText('试用窗口，不用于正式考试');
});

test('a second start ends at once and says why', () => {
  const second = spawnSync(lab.user.wrap(lab.electron), [`--user-data-dir=${kiosk.profile}`, shellProgram], {
    env: { ...process.env, ...lab.user.env, DISPLAY: lab.display.name },
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(second.status).toBe(0);
  expect(second.stderr).toContain('Exam Station runs already');
});

test('a station that cannot start says why on the screen, and opens once it can', async () => {
  const folder = lab.user.makeFolder('kiosk-broken-');
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  const program = join(folder, 'dist/shell/main.js');
  await using broken = await lab.launch({ switches: CAMERA, env: NO_CENTER, program });
  const screen = await broken.app.firstWindow();
  const trouble = screen.locator('[data-screen="trouble"]');
  await expect(trouble).toHaveAttribute('data-reason', 'program-incomplete');
  await expect(trouble).toContainText('node_modules');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  await expect(screen.locator(FIRST_SCREEN)).toBeVisible({ timeout: 40_000 });
  await expect(trouble).toBeHidden();
  rmSync(folder, { recursive: true });
});

test('a folder that cannot be written is said in words, and not taken for a kiosk that runs already', async () => {
  const profile = lab.user.makeFolder('kiosk-read-only-');
  chmodSync(profile, 0o555);
  const child = spawn(lab.user.wrap(lab.electron), [`--user-data-dir=${profile}`, '--disable-gpu', shellProgram], {
    env: { ...process.env, ...lab.user.env, DISPLAY: lab.display.name, ...NO_CENTER },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece) => {
    said += String(piece);
  });
  await expect.poll(() => said).toContain('disk-readonly');
  expect(said).not.toContain('runs already');
  // It stands there with its message until somebody has read it.
  expect(child.exitCode).toBeNull();
  child.kill('SIGKILL');
  rmSync(profile, { recursive: true });
});

/** Half a second of a drawing, as any browser records it. */
const RECORD = `new Promise((resolve) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
  const brush = canvas.getContext('2d');
  const drawing = setInterval(() => brush.fillRect(Math.random() * 60, 9, 4, 4), 20);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
  recorder.ondataavailable = async ({ data }) => {
    clearInterval(drawing);
    resolve([...new Uint8Array(await data.arrayBuffer())]);
  };
  recorder.start();
  setTimeout(() => recorder.stop(), 500);
})`;

test('plays a film of a course, and reads the part of it that is asked for', async () => {
  await expect(first()).toBeVisible();
  const film = Buffer.from((await page.evaluate(RECORD)) as number[]);
  const hash = createHash('sha256').update(film).digest('hex');
  const media = join(kiosk.profile, 'station', 'media');
  await expect.poll(() => existsSync(media)).toBe(true);
  writeFileSync(join(media, hash), film);
  const part = await page.evaluate(
    `fetch('/media/${hash}', { headers: { range: 'bytes=0-3' } }).then(async (answer) => [answer.status, [...new Uint8Array(await answer.arrayBuffer())]])`,
  );
  expect(part).toEqual([206, [0x1a, 0x45, 0xdf, 0xa3]]);
  const played = await page.evaluate(`new Promise((resolve) => {
    const video = Object.assign(document.createElement('video'), { muted: true, src: '/media/${hash}' });
    video.onerror = () => resolve(video.error.message);
    video.onended = () => resolve([video.videoWidth, video.currentTime > 0]);
    void video.play();
  })`);
  expect(played).toEqual([64, true]);
  expect(await page.evaluate(`fetch('/media/${'0'.repeat(64)}').then(({ status }) => status)`)).toBe(404);
});
