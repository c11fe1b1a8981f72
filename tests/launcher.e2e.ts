import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { kioskWith, root } from './stage.ts';

/** `npm start` as a person has it: one launcher, what it prints, and what it does when a part of it dies. */
test('a station that is killed comes back by itself, at the same address, before the page that was open', async () => {
  test.skip(process.platform !== 'linux', 'skipped: the children of a process are read from /proc');
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-test-'));
  const launcher = spawn(process.execPath, [join(root, 'cli/main.ts'), 'start', '--no-window', '--data', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const printed = collect(launcher);
    await expect.poll(printed, { timeout: 60_000 }).toContain('Ctrl+C');
    expect(printed()).toContain('reader-missing');
    const url = /^station +(\S+)$/m.exec(printed())?.[1] ?? '';
    await using kiosk = await kioskWith(folder, 'launcher', undefined);
    await kiosk.open(url);
    await kiosk.screen('idle');
    process.kill(childRunning(launcher, 'station/main.ts'), 'SIGKILL');
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
