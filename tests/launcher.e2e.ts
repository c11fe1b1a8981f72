import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { type Display, openDisplay } from '../cli/lab/display.ts';
import { FirstRun } from '../contract/words/programs.ts';
import { kioskWith, root } from './stage.ts';

/** `npm start` as a person has it: one launcher, what it prints, and what it does when a part of it dies. */
test('a station that is killed comes back by itself, at the same address, before the page that was open', async () => {
  test.skip(process.platform !== 'linux', 'skipped: the children of a process are read from /proc');
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-test-'));
  const launcher = spawn(
    process.execPath,
    [join(root, 'cli/main.ts'), 'start', '--no-window', '--center-port=0', '--data', folder],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  try {
    const printed = collect(launcher);
    await expect.poll(printed, { timeout: 60_000 }).toContain('Ctrl+C');
    expect(printed()).toContain('reader-missing');
    const url = /^station +(\S+)$/m.exec(printed())?.[1] ?? '';
    await using kiosk = await kioskWith(folder, 'launcher', undefined);
    await kiosk.open(url);
    await kiosk.screen('idle');
    process.kill(childRunning(launcher, 'station/run/main.ts'), 'SIGKILL');
    await kiosk.page.locator('.waiting').waitFor();
    await kiosk.page.locator('.waiting').waitFor({ state: 'detached' });
    await kiosk.screen('idle');
    expect(printed()).toContain('the station ended (SIGKILL); starting it again');
    await kiosk.tap('type');
    await kiosk.screen('type');
  } finally {
    launcher.kill('SIGINT');
    if (launcher.exitCode === null) await once(launcher, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what only the station and its page may know stands on no command line, from the start to the end', async () => {
  test.setTimeout(150_000);
  const display = await openDisplay().catch((error) => test.skip(true, `skipped: ${error.message}`) as never);
  await using _ = display as Display;
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-test-'));
  const launcher = spawn(process.execPath, [join(root, 'cli/main.ts'), 'start', '--center-port=0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, DISPLAY: display.name, EXAM_STATION_ELECTRON: '/nowhere' },
  });
  const seen = new Set<string>();
  const timer = setInterval(() => {
    for (const line of commandLinesUnder(launcher.pid ?? 0)) seen.add(line);
  }, 50);
  try {
    const printed = collect(launcher);
    await expect.poll(printed, { timeout: 60_000 }).toContain('Ctrl+C');
    const url = /^station +(\S+)$/m.exec(printed())?.[1] ?? '';
    const opened = () => /--app=(file:\S+?\.html)/.exec([...seen].join('\n'))?.[1];
    await expect.poll(opened, { timeout: 20_000 }).toBeDefined();
    const page = fileURLToPath(opened() ?? '');
    expect([page, dirname(page)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700]);
    // It leads there: whoever opens the station besides is one too many.
    await using kiosk = await kioskWith(folder, 'besides', undefined);
    await expect(async () => {
      await kiosk.page.goto('about:blank');
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await kiosk.open(url);
      await expect(kiosk.page.getByText('另一个窗口')).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
    const { enrolmentCode } = FirstRun.parse(JSON.parse(readFileSync(join(folder, 'center/first-run.json'), 'utf8')));
    const token = new URL(url).hash.slice(1);
    expect(token).toHaveLength(32);
    expect([...seen].some((line) => line.includes('station/run/main.ts'))).toBe(true);
    expect([...seen].filter((line) => line.includes(enrolmentCode) || line.includes(token))).toEqual([]);
    launcher.kill('SIGINT');
    await once(launcher, 'exit');
    expect(existsSync(dirname(page))).toBe(false);
  } finally {
    clearInterval(timer);
    if (launcher.exitCode === null && launcher.kill('SIGINT')) await once(launcher, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What every user of the machine reads of the programs that this one has started, and of those they have. */
function commandLinesUnder(pid: number): readonly string[] {
  try {
    // Each thread has the children it started.
    const lists = readdirSync(`/proc/${pid}/task`).map((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'),
    );
    const children = lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
    return children.flatMap((child) => [readFileSync(`/proc/${child}/cmdline`, 'utf8'), ...commandLinesUnder(child)]);
  } catch {
    // It has ended since.
    return [];
  }
}

function collect({ stdout }: ChildProcess): () => string {
  let text = '';
  stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return () => text;
}

function childRunning({ pid }: ChildProcess, script: string): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  const found = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(script));
  if (found === undefined) throw new Error(`no child runs ${script}`);
  return found;
}
