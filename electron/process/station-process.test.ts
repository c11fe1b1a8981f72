import { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FRAME_HEADER_BYTES, FRAME_MAX_SIDE } from '../../contract/page/frame.ts';
import { encodePacket, openDecoder, type Packet } from '../../contract/shell/kiosk-wire.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Log } from '../log.ts';
import type { PagePort } from './station-link.ts';
import { type StationNews, startStationProcess } from './station-process.ts';
import type { StationChild } from './station-program.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A station of which only the pipe is there: what it is told is kept, what it says is put in by the test. */
class FakeStation implements StationChild {
  readonly pid = 1;
  readonly heard: Packet[] = [];
  readonly kill = vi.fn();
  readonly pipe: Duplex;
  /** Whether it has stopped reading. */
  deaf = false;
  #exit: ((code: number | null, signal: string | null) => void) | undefined;
  constructor() {
    const decode = openDecoder((packet) => this.heard.push(packet));
    this.pipe = new Duplex({
      read: () => undefined,
      write: (bytes: Uint8Array, _encoding, done) => {
        decode(bytes);
        if (!this.deaf) done();
      },
    });
  }
  onExit(listener: (code: number | null, signal: string | null) => void): void {
    this.#exit = listener;
  }
  exit(code: number): void {
    this.#exit?.(code, null);
  }
  say(packet: Packet): void {
    for (const part of encodePacket(packet)) this.pipe.emit('data', part);
  }
  get told(): unknown[] {
    return this.heard.flatMap((packet) => (packet.kind === 'shell' ? [JSON.parse(packet.text).kind] : []));
  }
}

class FakePort implements PagePort {
  readonly got: unknown[] = [];
  readonly close = vi.fn();
  #listeners: Record<string, (event: { readonly data: unknown }) => void> = {};
  postMessage(message: unknown): void {
    this.got.push(message);
  }
  on(event: string, listener: (event: { readonly data: unknown }) => void): void {
    this.#listeners[event] = listener;
  }
  start(): void {}
  /** What the page at its other end says. */
  say(data: unknown): void {
    this.#listeners.message?.({ data });
  }
  leave(): void {
    this.#listeners.close?.({ data: undefined });
  }
}

async function setUp() {
  const stations: FakeStation[] = [];
  const news: StationNews[] = [];
  const log = vi.fn<Log>();
  const fault: { error?: Error } = {};
  const station = startStationProcess({
    async launch() {
      if (fault.error) throw fault.error;
      const child = new FakeStation();
      stations.push(child);
      return {
        child,
        start: { kind: 'start', host: 'kiosk', data: '/data', centerUrl: 'http://127.0.0.1:1', vaultKey: 'SECRET' },
      };
    },
    onNews: (one) => news.push(one),
    log,
  });
  await vi.advanceTimersByTimeAsync(0);
  return { station, stations, news, log, fault, at: (index: number) => stations[index] as FakeStation };
}

test('starts the station by message, and carries what page and station say both ways', async () => {
  const { station, at } = await setUp();
  expect(at(0).told).toEqual(['start']);
  const port = new FakePort();
  station.connect(port);
  port.say('{"id":1}');
  port.say(Uint8Array.of(1, 2, 3));
  port.say({ neither: 'text nor bytes' });
  at(0).say({ kind: 'text', page: 1, text: 'view' });
  at(0).say({ kind: 'text', page: 7, text: 'for a page that never was' });
  port.leave();
  expect(at(0).heard.slice(1)).toEqual([
    { kind: 'open', page: 1 },
    { kind: 'text', page: 1, text: '{"id":1}' },
    { kind: 'bytes', page: 1, bytes: Uint8Array.of(1, 2, 3) },
    { kind: 'close', page: 1 },
  ]);
  expect(port.got).toEqual(['view']);
});

test('a page that the station sends away is closed, and one that goes on its own is not closed again', async () => {
  const { station, at } = await setUp();
  const [first, second] = [new FakePort(), new FakePort()];
  station.connect(first);
  station.connect(second);
  at(0).say({ kind: 'close', page: 1 });
  expect([first.close.mock.calls.length, second.close.mock.calls.length]).toEqual([1, 0]);
});

test('a page that sends more frames than the station reads is sent away, and what others say still goes', async () => {
  const { station, at, log } = await setUp();
  const [wild, next] = [new FakePort(), new FakePort()];
  station.connect(wild);
  at(0).deaf = true;
  const frame = new Uint8Array(FRAME_HEADER_BYTES + FRAME_MAX_SIDE * FRAME_MAX_SIDE * 4);
  for (let n = 0; n < 20; n++) wild.say(frame);
  expect(wild.close).toHaveBeenCalledTimes(1);
  expect(at(0).pipe.writableLength).toBeLessThan(3 * frame.byteLength);
  expect(log.mock.calls.map(([, message]) => message)).toEqual([expect.stringContaining('is sent away')]);
  station.connect(next);
  const waiting = at(0).pipe.writableLength;
  next.say('{"id":1}');
  expect(at(0).pipe.writableLength).toBeGreaterThan(waiting);
});

test('starts it again when it ends, later each time, and brings it the newest page', async () => {
  const { station, stations, news, at } = await setUp();
  const [seated, older, newest] = [new FakePort(), new FakePort(), new FakePort()];
  station.connect(seated);
  at(0).exit(1);
  expect(seated.close).toHaveBeenCalledTimes(1);
  station.connect(older);
  station.connect(newest);
  await vi.advanceTimersByTimeAsync(249);
  expect(stations).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(at(1).told).toEqual(['start']);
  at(1).say({ kind: 'text', page: 1, text: 'view' });
  expect([older.got, newest.got]).toEqual([[], ['view']]);
  at(1).exit(1);
  await vi.advanceTimersByTimeAsync(499);
  expect(stations).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(stations).toHaveLength(3);
  expect(news.map(({ kind }) => kind)).toEqual(['ended', 'ended']);
});

test('one that cannot be started is told of, with its reason, and tried again', async () => {
  const { stations, news, fault, at } = await setUp();
  fault.error = new Refusal('program-incomplete', '/opt/exam-station/resources/station/station.js');
  at(0).exit(1);
  await vi.advanceTimersByTimeAsync(250);
  expect(news.at(-1)).toMatchObject({ kind: 'failed', failure: { reason: 'program-incomplete' } });
  delete fault.error;
  await vi.advanceTimersByTimeAsync(500);
  expect(stations).toHaveLength(2);
});

test('one that hangs is ended, one that answers is not', async () => {
  const { at } = await setUp();
  for (let second = 0; second < 60; second += 2) {
    await vi.advanceTimersByTimeAsync(2_000);
    at(0).say({ kind: 'shell', text: '{"kind":"alive","turn":1}' });
  }
  expect(at(0).kill).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(24_000);
  expect(at(0).kill).toHaveBeenCalled();
});

test('stops it by asking, and is done when it has ended', async () => {
  const { station, stations, at } = await setUp();
  const stopped = station.stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(at(0).told.at(-1)).toBe('stop');
  at(0).exit(0);
  await stopped;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stations).toHaveLength(1);
  expect(at(0).kill).not.toHaveBeenCalled();
});

test('ends a station that does not stop', async () => {
  const { station, at } = await setUp();
  const stopped = station.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(at(0).kill).toHaveBeenCalledTimes(1);
  at(0).exit(15);
  await stopped;
});

test('stopping between two starts starts nothing more', async () => {
  const { station, stations, at } = await setUp();
  at(0).exit(1);
  await station.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stations).toHaveLength(1);
});

test('reports what the station says, and never the key', async () => {
  const { at, log, news } = await setUp();
  at(0).say({ kind: 'shell', text: '{"kind":"ready"}' });
  at(0).say({ kind: 'shell', text: '{"kind":"failed","reason":"disk-full","detail":"no disk"}' });
  at(0).say({ kind: 'shell', text: 'nonsense' });
  expect(news.map(({ kind }) => kind)).toEqual(['ready', 'failed']);
  expect(log.mock.calls.map(([level]) => level)).toEqual(['info', 'error', 'warn']);
  expect(JSON.stringify(log.mock.calls)).not.toContain('SECRET');
});

test('a pipe on which anything else lies is given up', async () => {
  const { at, log } = await setUp();
  at(0).pipe.emit('data', Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
  expect(at(0).pipe.destroyed).toBe(true);
  expect(log.mock.calls.map(([, message]) => message)).toContain('the pipe to the station is broken');
});
