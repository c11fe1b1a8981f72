import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { transportPair } from '../../contract/page/rpc/rpc.fixture.ts';
import type { Transport } from '../../contract/page/rpc/transport.ts';
import { sampleView } from '../gallery/samples.ts';
import { openTransport } from './open-transport.ts';
import { openStationLink } from './station.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const welcome = (station: Transport) => station.send(JSON.stringify({ event: 'view', data: sampleView('idle') }));

/** A page whose station answers by hand. */
function openPage() {
  const lines: ReturnType<typeof transportPair>[] = [];
  const link = openStationLink(async () => {
    const line = transportPair();
    lines.push(line);
    return line.page;
  });
  return { link, lines };
}

it('asks again where a line stands and nobody welcomes it, and hears nothing from that one then', async () => {
  const { link, lines } = openPage();
  await vi.advanceTimersByTimeAsync(9_000);
  expect([lines.length, link.current().state]).toEqual([1, 'connecting']);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(lines.length).toBe(2);
  const [first, second] = lines;
  if (first) welcome(first.station);
  await vi.advanceTimersByTimeAsync(0);
  expect(link.current().state).toBe('closed');
  if (second) welcome(second.station);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([lines.length, link.current().state]).toEqual([2, 'open']);
});

it('asks again after a station that was there is gone', async () => {
  const { link, lines } = openPage();
  await vi.advanceTimersByTimeAsync(0);
  if (lines[0]) welcome(lines[0].station);
  await vi.advanceTimersByTimeAsync(0);
  lines[0]?.station.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(link.current()).toEqual({ state: 'closed', reason: 'station-gone' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lines.length).toBe(2);
});

it('leaves the next port to whoever asked last', async () => {
  const page = new EventTarget();
  const bridge = { connect: vi.fn() };
  vi.stubGlobal('window', Object.assign(page, { examStation: bridge }));
  const first = new AbortController();
  const taken: string[] = [];
  void openTransport(first.signal).then(() => taken.push('first'));
  first.abort();
  void openTransport(new AbortController().signal).then(() => taken.push('second'));
  const { port1 } = new MessageChannel();
  page.dispatchEvent(Object.assign(new Event('message'), { source: page, data: 'exam-station-port', ports: [port1] }));
  await vi.advanceTimersByTimeAsync(0);
  port1.close();
  expect([bridge.connect.mock.calls.length, taken]).toEqual([2, ['second']]);
});
