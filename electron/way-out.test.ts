import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { TerminalSettings } from '../contract/shell/terminal-settings.ts';
import { ADMINISTRATOR_PIN, aTerminal, RECOVERY_CODE } from '../proof/secrets/terminal.fixture.ts';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { openWayOut } from './way-out.ts';

const TERMINAL = aTerminal();

function setUp(terminal: () => TerminalSettings | undefined = () => TERMINAL) {
  const folder = temporaryFolder();
  const file = join(folder, 'guesses.json');
  const [leave, log] = [vi.fn(), vi.fn()];
  let [now, runs] = [0, false];
  const open = () => openWayOut({ terminal, stationRuns: () => runs, file, clock: () => now, leave, log });
  const advance = (ms: number): void => {
    now += ms;
  };
  const start = (): void => {
    runs = true;
  };
  return { open, leave, log, file, advance, start };
}

test.each([ADMINISTRATOR_PIN, RECOVERY_CODE, RECOVERY_CODE.toLowerCase().replaceAll('-', ' ')])(
  '%s lets out',
  (code) => {
    const { open, leave } = setUp();
    expect(open()(code)).toEqual({ waitMs: 0 });
    expect(leave).toHaveBeenCalledOnce();
  },
);

test('whoever guesses waits longer each time, also after the plug was pulled, and half an hour at last', () => {
  const { open, leave, advance, log } = setUp();
  let tryIt = open();
  for (const waitMs of [0, 0, 5_000]) expect(tryIt('000000')).toEqual({ reason: 'pin-wrong', waitMs });
  tryIt = open();
  expect(tryIt(ADMINISTRATOR_PIN)).toEqual({ reason: 'pin-wait', waitMs: 5_000 });
  for (let n = 0; n < 7; n++) {
    advance(300_000);
    tryIt('000000');
  }
  advance(300_000);
  expect(tryIt(ADMINISTRATOR_PIN)).toMatchObject({ reason: 'pin-locked' });
  expect(leave).not.toHaveBeenCalled();
  expect(JSON.stringify(log.mock.calls)).not.toContain(ADMINISTRATOR_PIN);
  expect(tryIt(RECOVERY_CODE)).toEqual({ waitMs: 0 });
});

test('the long wait ends by itself', () => {
  const { open, leave, advance } = setUp();
  const tryIt = open();
  for (let n = 0; n < 10; n++) {
    tryIt('000000');
    advance(300_000);
  }
  advance(1_500_000);
  expect(tryIt(ADMINISTRATOR_PIN)).toEqual({ waitMs: 0 });
  expect(leave).toHaveBeenCalledOnce();
});

test('a station that runs has its own way out', () => {
  const { open, start, leave } = setUp();
  start();
  expect(open()(ADMINISTRATOR_PIN)).toMatchObject({ reason: 'not-allowed-now' });
  expect(leave).not.toHaveBeenCalled();
});

test.each<[string, () => undefined]>([
  ['nothing is written down', () => undefined],
  [
    'what is written down cannot be read',
    () => {
      throw new Error('not JSON');
    },
  ],
])('where %s there is no administrator', (_, terminal) => {
  const { open, file } = setUp(terminal);
  expect(open()(ADMINISTRATOR_PIN)).toMatchObject({ reason: 'no-administrator' });
  expect(existsSync(file)).toBe(false);
});

test('a count that was meddled with frees nobody', () => {
  const { open, file, advance } = setUp();
  writeFileSync(file, 'nothing');
  const tryIt = open();
  advance(300_000);
  expect(tryIt(ADMINISTRATOR_PIN)).toMatchObject({ reason: 'pin-locked' });
});
