import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { Log } from '../log.ts';
import { PAGE_URL } from './origin.ts';
import { openPageConnection } from './page-connection.ts';

function setUp() {
  const handle = vi.fn();
  const ipc = Object.assign(new EventEmitter(), { handle });
  const onLeave = vi.fn(() => ({ waitMs: 0 }));
  const page = { postMessage: vi.fn(), send: vi.fn(), isDestroyed: () => false };
  const onAlive = vi.fn();
  const log = vi.fn<Log>();
  let ports = 0;
  const openPort = () => `port ${++ports}`;
  const printer = { ready: vi.fn(async () => true), print: vi.fn(async () => true) };
  const connection = openPageConnection({
    ...{ ipc: ipc as never, page: page as never, openPort, onAlive, onLeave, printer, log },
  });
  const own = { sender: page, senderFrame: { url: PAGE_URL, parent: null } };
  const leave = (event: object, code: unknown) => handle.mock.calls[0]?.[1](event, code);
  const ask = (channel: string, event: object) =>
    handle.mock.calls.find(([name]) => name === channel)?.[1](event) as Promise<boolean>;
  return { ipc, page, leave, ask, printer, onLeave, onAlive, log, connection, own };
}

test('only our page gets a port to the station, and only it is heard', () => {
  const { ipc, page, onAlive, log, own } = setUp();
  const frame = own.senderFrame;
  const strangers = [
    { sender: page, senderFrame: null },
    { sender: page, senderFrame: { url: 'https://example.com/', parent: null } },
    { sender: page, senderFrame: { ...frame, parent: frame } },
    { sender: {}, senderFrame: frame },
  ];
  for (const event of strangers)
    for (const channel of ['exam-station-connect', 'exam-station-alive']) ipc.emit(channel, event);
  expect(page.postMessage).not.toHaveBeenCalled();
  expect(onAlive).not.toHaveBeenCalled();
  expect(log).toHaveBeenCalledTimes(strangers.length);

  ipc.emit('exam-station-connect', own);
  ipc.emit('exam-station-alive', own);
  expect(page.postMessage.mock.calls).toEqual([['exam-station-port', null, ['port 1']]]);
  expect(onAlive).toHaveBeenCalledTimes(1);
});

test('why there is no station is told at once, and again to a page that comes later, until it is over', () => {
  const { ipc, page, connection, own } = setUp();
  const trouble = { reason: 'program-incomplete', detail: '/opt/x' } as const;
  connection.trouble(trouble);
  ipc.emit('exam-station-connect', own);
  expect(page.send.mock.calls).toEqual([
    ['exam-station-trouble', trouble],
    ['exam-station-trouble', trouble],
  ]);
  connection.trouble(null);
  expect(page.send.mock.calls.at(-1)).toEqual(['exam-station-trouble', null]);
  ipc.emit('exam-station-connect', own);
  expect(page.send).toHaveBeenCalledTimes(3);
});

test('only our page may ask to leave, and only with a text', () => {
  const { leave, onLeave, own } = setUp();
  expect(leave({ sender: {}, senderFrame: own.senderFrame }, '482915')).toMatchObject({ reason: 'origin-refused' });
  expect(leave({ ...own, senderFrame: null }, '482915')).toMatchObject({ reason: 'origin-refused' });
  expect(onLeave).not.toHaveBeenCalled();
  expect(leave(own, { toString: () => 'x'.repeat(100) })).toEqual({ waitMs: 0 });
  expect(onLeave).toHaveBeenCalledExactlyOnceWith('x'.repeat(64));
});

test('only our page may have something printed', async () => {
  const { ask, printer, own } = setUp();
  const strangers = [
    { sender: {}, senderFrame: own.senderFrame },
    { ...own, senderFrame: null },
  ];
  for (const channel of ['exam-station-printer', 'exam-station-print'])
    for (const event of strangers) expect(await ask(channel, event)).toBe(false);
  expect([printer.ready.mock.calls, printer.print.mock.calls]).toEqual([[], []]);
  expect([await ask('exam-station-printer', own), await ask('exam-station-print', own)]).toEqual([true, true]);
});
