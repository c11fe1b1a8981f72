import { Duplex } from 'node:stream';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import type { Transport } from '../../../contract/page/rpc/transport.ts';
import type { ShellMessage } from '../../../contract/shell/kiosk-messages.ts';
import { encodePacket, openDecoder, type Packet } from '../../../contract/shell/kiosk-wire.ts';
import { eventually } from '../../../tests/kit/eventually.ts';
import { openShellLink } from './shell-link.ts';

/** A station's end of the pipe, and a shell of which only the other end is there. */
function setUp() {
  const heard: Packet[] = [];
  const decode = openDecoder((packet) => heard.push(packet));
  const pipe = new Duplex({
    read: () => undefined,
    write(bytes: Uint8Array, _encoding, done) {
      decode(bytes);
      done();
    },
  });
  const messages: ShellMessage[] = [];
  const pages: Transport[] = [];
  const onEnd = vi.fn();
  const link = openShellLink({
    pipe,
    onMessage: (message) => messages.push(message),
    onPage: (page) => pages.push(page),
    onEnd,
    log: pino({ level: 'silent' }),
  });
  const say = (packet: Packet): void => {
    for (const part of encodePacket(packet)) pipe.emit('data', part);
  };
  return { heard, pipe, messages, pages, onEnd, link, say };
}

test('what a page says before anybody listens is kept, in order', () => {
  const { pages, say } = setUp();
  say({ kind: 'open', page: 1 });
  say({ kind: 'text', page: 1, text: 'camera.report' });
  say({ kind: 'bytes', page: 1, bytes: Uint8Array.of(1) });
  const got: unknown[] = [];
  pages[0]?.onMessage((message) => got.push(message));
  say({ kind: 'text', page: 1, text: 'later' });
  expect(got).toEqual(['camera.report', Uint8Array.of(1), 'later']);
});

test('a page that has gone hears nothing, and is told of once', () => {
  const { pages, heard, say } = setUp();
  say({ kind: 'open', page: 1 });
  const gone = vi.fn();
  pages[0]?.onClose(gone);
  pages[0]?.send('view');
  say({ kind: 'close', page: 1 });
  pages[0]?.send('more');
  pages[0]?.close();
  expect(gone).toHaveBeenCalledTimes(1);
  expect(heard).toEqual([{ kind: 'text', page: 1, text: 'view' }]);
});

test('a page that is sent away is closed at the other end too', () => {
  const { pages, heard, say } = setUp();
  say({ kind: 'open', page: 3 });
  pages[0]?.close();
  expect(heard).toEqual([{ kind: 'close', page: 3 }]);
});

test('what the shell may not say is refused, and the pipe stays', () => {
  const { messages, pipe, say } = setUp();
  say({ kind: 'shell', text: '{"kind":"explode"}' });
  say({ kind: 'shell', text: 'nonsense' });
  say({ kind: 'shell', text: '{"kind":"alive","turn":3}' });
  expect(messages).toEqual([{ kind: 'alive', turn: 3 }]);
  expect(pipe.destroyed).toBe(false);
});

test('when the shell goes, its pages go and the station hears of it', async () => {
  const { pages, pipe, onEnd, say } = setUp();
  say({ kind: 'open', page: 1 });
  const gone = vi.fn();
  pages[0]?.onClose(gone);
  pipe.emit('data', Uint8Array.of(0xff, 0, 0, 0, 0, 0, 0, 0, 0));
  await eventually(() => expect(onEnd).toHaveBeenCalledTimes(1));
  expect(gone).toHaveBeenCalledTimes(1);
});

test('a page that left before anybody asked is told of to whoever asks later', () => {
  const { pages, say } = setUp();
  say({ kind: 'open', page: 1 });
  say({ kind: 'close', page: 1 });
  const gone = vi.fn();
  pages[0]?.onClose(gone);
  expect(gone).toHaveBeenCalledTimes(1);
});

test('a listener that throws is no fault of the pipe', () => {
  const { pages, messages, pipe, say } = setUp();
  say({ kind: 'open', page: 1 });
  pages[0]?.onMessage(() => {
    throw new Error('the database is gone');
  });
  say({ kind: 'text', page: 1, text: 'answer' });
  say({ kind: 'shell', text: '{"kind":"alive","turn":1}' });
  expect([pipe.destroyed, messages.length]).toEqual([false, 1]);
});
