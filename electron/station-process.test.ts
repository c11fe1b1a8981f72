import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ShellMessage, StartMessage } from '../contract/kiosk-messages.ts';
import type { Log } from './log.ts';
import { startStationProcess } from './station-process.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeChild extends EventEmitter {
  readonly said: { kind: string; ports: readonly FakePort[] }[] = [];
  readonly kill = vi.fn(() => true);
  postMessage({ kind }: ShellMessage, ports: FakePort[] = []): void {
    this.said.push({ kind, ports });
  }
}

type FakePort = { readonly name: string; readonly close: () => void };
const start: StartMessage = {
  kind: 'start',
  data: '/data',
  centerUrl: 'http://127.0.0.1:1',
  vaultKey: new Uint8Array(32),
};

function setUp() {
  const children: FakeChild[] = [];
  const log = vi.fn<Log>();
  let channels = 0;
  const port = (name: string): FakePort => ({ name, close: vi.fn() });
  const station = startStationProcess<FakePort>({
    start,
    log,
    fork() {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    openChannel() {
      channels += 1;
      return { port1: port(`page ${channels}`), port2: port(`station ${channels}`) };
    },
  });
  const child = (at: number): FakeChild => children[at] as FakeChild;
  const portsOf = (at: number): string[] => child(at).said.flatMap(({ ports }) => ports.map(({ name }) => name));
  return { station, children, child, portsOf, log };
}

test('starts the station by message and gives each end of a channel to its side', () => {
  const { station, child, portsOf } = setUp();
  expect(child(0).said).toEqual([{ kind: 'start', ports: [] }]);
  expect(station.connect().name).toBe('page 1');
  expect(station.connect().name).toBe('page 2');
  expect(portsOf(0)).toEqual(['station 1', 'station 2']);
});

test('starts it again when it ends, later each time, and brings it the newest page', () => {
  const { station, children, child, portsOf } = setUp();
  child(0).emit('exit', 1);
  station.connect();
  station.connect();
  vi.advanceTimersByTime(249);
  expect(children).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(child(1).said.map(({ kind }) => kind)).toEqual(['start', 'page']);
  expect(portsOf(1)).toEqual(['station 2']);
  child(1).emit('exit', 1);
  vi.advanceTimersByTime(499);
  expect(children).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(children).toHaveLength(3);
});

test('stops it by asking, and is done when it has ended', async () => {
  const { station, children, child } = setUp();
  const stopped = station.stop();
  expect(child(0).said.at(-1)).toEqual({ kind: 'stop', ports: [] });
  child(0).emit('exit', 0);
  await stopped;
  vi.advanceTimersByTime(60_000);
  expect(children).toHaveLength(1);
  expect(child(0).kill).not.toHaveBeenCalled();
});

test('ends a station that does not stop', async () => {
  const { station, child } = setUp();
  const stopped = station.stop();
  vi.advanceTimersByTime(5_000);
  expect(child(0).kill).toHaveBeenCalledTimes(1);
  child(0).emit('exit', 15);
  await stopped;
});

test('stopping between two starts starts nothing more', async () => {
  const { station, children, child } = setUp();
  child(0).emit('exit', 1);
  await station.stop();
  vi.advanceTimersByTime(60_000);
  expect(children).toHaveLength(1);
});

test('reports what the station says, and never the key', () => {
  const { child, log } = setUp();
  child(0).emit('message', { kind: 'ready' });
  child(0).emit('message', { kind: 'failed', detail: 'no disk' });
  child(0).emit('message', 'nonsense');
  expect(log.mock.calls.map(([level, , detail]) => [level, detail])).toEqual([
    ['info', undefined],
    ['error', { detail: 'no disk' }],
    ['warn', { reason: 'bad-message' }],
  ]);
});
