import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../../tests/kit/eventually.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { WELL_KNOWN, WELL_MEASURED } from '../readiness.fixture.ts';
import { openCamera } from '../watch/index.ts';
import { keepChecking, type Measuring, measureCamera, measureDisk, openReadiness } from './index.ts';

const log = pino({ level: 'silent' });
afterEach(() => void vi.useRealTimers());

describe('a disk', () => {
  it('is measured by writing to it, and left as it was', async () => {
    const folder = temporaryFolder();
    const thoroughly = await measureDisk(folder, true);
    expect(thoroughly).toMatchObject({ freeBytes: expect.any(Number), megabytesPerSecond: expect.any(Number) });
    expect(await measureDisk(folder, false)).toMatchObject({ megabytesPerSecond: undefined });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is not there, or takes nothing, is a finding', async () => {
    expect(await measureDisk('/nowhere/at/all', true)).toEqual({ trouble: 'disk-failed' });
    const folder = join(temporaryFolder(), 'closed');
    mkdirSync(folder, { mode: 0o500 });
    onTestFinished(() => chmodSync(folder, 0o700));
    // The superuser may write anywhere.
    if (process.getuid?.() !== 0) expect(await measureDisk(folder, true)).toEqual({ trouble: 'disk-readonly' });
  });
});

describe('a camera', () => {
  /** Gives a picture for each one asked for: of every second one that the sensor takes, 25 a second. */
  const filming = (shade: (at: number) => number = (at) => at) => {
    const camera = openCamera((ticket) =>
      queueMicrotask(() => {
        const pixels = new Uint8Array(64 * 48 * 4).fill(shade(ticket));
        camera.deliver({ ticket, width: 64, height: 48, sequence: ticket * 2, capturedAt: ticket * 80, pixels });
      }),
    );
    return camera;
  };

  it('is judged by its own pace, the light and how sharp the picture is', async () => {
    const seen = await measureCamera(
      filming((at) => 200 + at),
      new AbortController().signal,
    );
    if (!seen || 'trouble' in seen) throw new Error('there were pictures');
    expect(seen).toMatchObject({ picturesPerSecond: 25, width: 64, height: 48 });
    expect(seen.report.flatMap(({ advice }) => advice ?? [])).toEqual(['room-bright', 'camera-blurred']);
  });

  it('that stands still is told from a dark room', async () => {
    const stands = filming(() => 7);
    expect(await measureCamera(stands, new AbortController().signal)).toEqual({ trouble: 'camera-frozen' });
  });

  it('is left at once to whoever sits down', async () => {
    const controller = new AbortController();
    const measuring = measureCamera(filming(), controller.signal);
    controller.abort();
    expect(await measuring).toBeUndefined();
  });
});

/** A desk whose measures are counted. */
function desk(measure: readonly Measuring[] = []) {
  const state = { quiet: true, changes: 0 };
  const checked = vi.fn<Measuring>(async () => ({ frameMs: 30 }));
  const readiness = openReadiness({
    known: (checks) => ({ ...WELL_KNOWN, shell: { kind: 'kiosk', ...(checks ? { checks } : {}) } }),
    measure: [checked, ...measure, async () => WELL_MEASURED],
    quiet: () => state.quiet,
    onChange: () => {
      state.changes += 1;
    },
    log,
  });
  return { readiness, state, checked };
}

describe('a check', () => {
  it('shows how far it is, and what it found', async () => {
    const slow = Promise.withResolvers<void>();
    const { readiness } = desk([() => slow.promise.then(() => ({}))]);
    expect(readiness.now.checks.some(({ name }) => name === 'disk')).toBe(false);
    const check = readiness.check(true);
    await eventually(() => expect(readiness.progress).toBeCloseTo(1 / 3));
    slow.resolve();
    await check;
    expect(readiness.progress).toBeUndefined();
    expect(readiness.now.checks.some(({ name }) => name === 'disk')).toBe(true);
  });

  it('is not begun while somebody sits here, and nothing is judged anew meanwhile', async () => {
    const { readiness, state } = desk();
    const before = readiness.now;
    state.quiet = false;
    await expect(readiness.check(true)).rejects.toMatchObject({ reason: 'not-allowed-now' });
    readiness.shellSays([]);
    expect(readiness.now).toBe(before);
    state.quiet = true;
    expect(readiness.now).not.toBe(before);
  });

  it('that is called off keeps nothing of what came too late', async () => {
    const late = Promise.withResolvers<void>();
    const { readiness } = desk([() => late.promise.then(() => ({ frameMs: 999 }))]);
    const check = readiness.check(true);
    await eventually(() => expect(readiness.progress).toBeGreaterThan(0));
    readiness.callOff();
    late.resolve();
    await check;
    expect(readiness.now.checks.find(({ name }) => name === 'face-speed')?.status).toBe('READY');
    expect(readiness.now.checks.some(({ name }) => name === 'disk')).toBe(false);
  });

  it('that breaks keeps no other from being made', async () => {
    const { readiness } = desk([() => Promise.reject(new Error('no such device'))]);
    await readiness.check(true);
    expect(readiness.now.checks.some(({ name }) => name === 'disk')).toBe(true);
  });
});

describe('a station that keeps checking', () => {
  it('does so thoroughly once, each minute after that, and never while somebody sits here', async () => {
    vi.useFakeTimers();
    const { readiness, state, checked } = desk();
    onTestFinished(keepChecking(readiness, () => false, log));
    expect(checked).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(checked.mock.calls.map(([thoroughly]) => thoroughly)).toEqual([true, false]);
    state.quiet = false;
    await vi.advanceTimersByTimeAsync(300_000);
    expect(checked).toHaveBeenCalledTimes(2);
    state.quiet = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(checked).toHaveBeenCalledTimes(3);
  });
});
