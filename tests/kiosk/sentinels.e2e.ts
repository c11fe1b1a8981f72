import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { stationProcess } from '../../cli/lab/kiosk-process.ts';
import { ordinaryUse } from './ordinary-use.ts';
import { openKioskSitting } from './sitting.ts';

const why = noLab();
test.skip(why !== undefined, why);

/** Holds a process as debuggers do. */
const TRACER = `
import ctypes, sys, time
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(0x4206, int(sys.argv[1]), 0, 0) != 0: sys.exit(3)
time.sleep(30)
`;

test('what happens around an exam is told with its evidence, and stops nothing by itself', async () => {
  test.setTimeout(150_000);
  await using sitting = await openKioskSitting('sentinels-test', { windowManager: ['openbox'] });
  const { lab, kiosk, events } = sitting;
  const env = { ...process.env, DISPLAY: lab.display.name };
  const x = (program: string, ...args: readonly string[]): string =>
    spawnSync(program, [...args], { env, encoding: 'utf8' }).stdout.trim();
  const told = (reason: string) =>
    events().flatMap((event) => (event.type === 'incident' && event.reason === reason ? [event.evidence?.what] : []));

  // A window manager that is just starting hears no key yet: then it is pressed again.
  const afterTheKey = () => {
    const said = told('focus-lost');
    if (said.length === 0) x('xdotool', 'key', 'super+d');
    return said;
  };
  await expect.poll(afterTheKey, { intervals: [7_000], timeout: 40_000 }).toEqual(['']);

  const program = join(mkdtempSync(join(tmpdir(), 'remote-')), 'x11vnc');
  copyFileSync('/bin/sleep', program);
  const remote = spawn(program, ['60'], { stdio: 'ignore' });
  await expect.poll(() => told('remote-control'), { timeout: 15_000 }).toEqual(['x11vnc']);
  remote.kill();

  await kiosk.screen('exam');
  expect(events().filter(({ type }) => type === 'paused')).toEqual([]);
  await expect(kiosk.page.locator('[data-action="incidents"]:not([data-incidents="0"])')).toBeVisible();
});

test('ordinary use is no incident', async () => {
  test.setTimeout(120_000);
  await using sitting = await openKioskSitting('calm-test', { windowManager: ['openbox'] });
  await ordinaryUse(sitting, 20);
  expect(sitting.events().filter(({ type }) => type === 'incident')).toEqual([]);
});

const noTracer =
  existsSync('/usr/bin/python3') && process.getuid?.() === 0 ? undefined : 'skipped: needs root and python3';

test('a debugger that holds the station is told of', async () => {
  test.skip(noTracer !== undefined, noTracer);
  test.setTimeout(90_000);
  await using sitting = await openKioskSitting('debugger-test');
  const tracer = spawn('/usr/bin/python3', ['-c', TRACER, String(stationProcess(sitting.app))], { stdio: 'ignore' });
  const told = () =>
    sitting
      .events()
      .flatMap((event) =>
        event.type === 'incident' && event.reason === 'debugger-attached' ? [event.evidence?.what] : [],
      );
  await expect.poll(told, { timeout: 15_000 }).toEqual(['python3']);
  tracer.kill('SIGKILL');
});
