import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { Exam } from '../../contract/words/exam.ts';
import type { MachineCamera } from '../../native/camera/index.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf } from '../station.fixture.ts';
import { doubtDevice } from './doubts.ts';
import { watchMachine } from './machine.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const WEBCAM: MachineCamera = { id: 'video0', name: 'C920', driver: 'uvcvideo', usb: '046d:082d', isProgram: false };
const LOOPBACK: MachineCamera = {
  id: 'video2',
  name: 'C920',
  driver: 'v4l2loopback',
  isProgram: true,
  heldBy: ['ffmpeg'],
};
const { liveness: _, ...formal } = EXAM;

describe('what a page calls its camera', () => {
  it.each([
    ['C920 (046d:082d)', [WEBCAM], undefined],
    ['C920 (046d:082d)', [WEBCAM, LOOPBACK], undefined],
    ['C920', [WEBCAM, LOOPBACK], 'camera-virtual'],
    ['C920', [LOOPBACK], 'camera-virtual'],
    ['C920 (046d:082d)', [LOOPBACK], 'camera-unmatched'],
    ['C920 (046d:082d)', [], 'camera-unmatched'],
    ['', [WEBCAM], 'camera-unmatched'],
    ['C920', undefined, undefined],
    ['OBS Virtual Camera', undefined, 'camera-virtual'],
  ] as const)('%j before the machine’s own %j: %s', (label, cameras, reason) => {
    expect(doubtDevice(label, cameras)?.reason).toBe(reason);
  });

  it('is not that camera where the pictures are larger than it has any', () => {
    const cameras = [{ ...WEBCAM, sizes: [{ width: 640, height: 480 }] }];
    const doubt = (width: number, height: number) => doubtDevice('C920', cameras, { width, height });
    expect(doubt(640, 480)).toBeUndefined();
    expect(doubt(1280, 720)).toEqual({ reason: 'camera-unmatched', what: 'C920 1280 x 720' });
    expect(doubtDevice('C920', [...cameras, WEBCAM], { width: 1280, height: 720 })).toBeUndefined();
  });

  it('waits at a formal check-in for a proctor where the machine has no such camera', async () => {
    const bench = openBench({
      assignment: assignmentOf({ exams: [Exam.parse(formal), MOCK] }),
      machine: { cameras: [WEBCAM] },
    });
    await bench.call('camera.report', { state: 'live', label: 'C920 of a program' });
    await bench.checkIn();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'camera-unmatched' });
  });

  it('is told of during an exam once its camera is a program, or is gone from the machine', async () => {
    let cameras: readonly MachineCamera[] = [WEBCAM];
    const bench = openBench({
      machine: {
        get cameras() {
          return cameras;
        },
      },
    });
    await bench.call('camera.report', { state: 'live', label: 'C920 (046d:082d)' });
    await bench.begin();
    const told = () => bench.sitting.incidents.map(({ reason }) => reason);
    await bench.pass(3_000);
    expect(told()).toEqual([]);
    cameras = [LOOPBACK];
    await bench.pass(3_000);
    expect(told()).toEqual(['camera-unmatched']);
  });
});

describe('the machine', () => {
  it('is looked at again and again, and tells of a camera that was not there', async () => {
    const looks: (readonly MachineCamera[])[] = [[WEBCAM], [WEBCAM], [WEBCAM, LOOPBACK]];
    const added: string[] = [];
    const machine = watchMachine(
      { look: async () => looks.shift() ?? [], everyMs: 1_000 },
      ({ id }) => added.push(id),
      () => undefined,
    );
    await vi.advanceTimersByTimeAsync(1_500);
    expect([machine.cameras, added]).toEqual([[WEBCAM], []]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(added).toEqual(['video2']);
    machine.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
