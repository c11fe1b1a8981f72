import type { Duplex } from 'node:stream';
import { FRAME_HEADER_BYTES, FRAME_MAX_SIDE } from '../../contract/page/frame.ts';
import { parseJson } from '../../contract/page/rpc/messages.ts';
import { type ShellMessage, StationMessage } from '../../contract/shell/kiosk-messages.ts';
import { encodePacket, openDecoder, type Packet } from '../../contract/shell/kiosk-wire.ts';
import type { Log } from '../log.ts';

/** What of Electron's MessagePortMain is used here. */
export type PagePort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
};

/** The shell's end of the pipe to one run of the station. */
export type StationLink = {
  say(message: ShellMessage): void;
  /** A page has come: what it says and hears goes over this port, which is closed with the station. */
  welcome(page: PagePort): void;
  /** Lets go of the pages: the station is gone. */
  end(): void;
};

/**
 * Frames are asked for one at a time, so one of the largest is all that ever has to wait before the pipe. A page that sends
 * more is not as it should be: it is sent away, and comes back as any page does. To drop its frames would bound our memory
 * too, but Chromium hands on what comes from a port until nothing is left, and nothing else would have its turn here.
 */
const MAX_WAITING_BYTES = FRAME_HEADER_BYTES + FRAME_MAX_SIDE * FRAME_MAX_SIDE * 4;
/** The longest thing a page has to say is an answer; what is longer than this is none. */
const MAX_TEXT = 1_000_000;

export function openStationLink(pipe: Duplex, onMessage: (message: StationMessage) => void, log: Log): StationLink {
  const ports = new Map<number, PagePort>();
  let pages = 0;
  const send = (packet: Packet): void => {
    if (pipe.writable) for (const part of encodePacket(packet)) pipe.write(part);
  };
  const take = (packet: Packet): void => {
    switch (packet.kind) {
      case 'shell': {
        const message = StationMessage.safeParse(parseJson(packet.text));
        if (message.success) return onMessage(message.data);
        return log('warn', 'the station said something unknown', { reason: 'bad-message' });
      }
      case 'text':
        return ports.get(packet.page)?.postMessage(packet.text);
      case 'bytes':
        return ports.get(packet.page)?.postMessage(packet.bytes);
      case 'close': {
        const port = ports.get(packet.page);
        ports.delete(packet.page);
        return port?.close();
      }
      case 'open':
        return log('warn', 'the station opened a page', { reason: 'bad-message' });
    }
  };
  // What goes wrong with one packet is no fault of the pipe's.
  const decode = openDecoder((packet) => {
    try {
      take(packet);
    } catch (error) {
      log('error', 'what the station said could not be heard', { error: String(error), kind: packet.kind });
    }
  });
  pipe.on('data', (piece: Uint8Array) => {
    try {
      decode(piece);
    } catch (error) {
      log('error', 'the pipe to the station is broken', { error: String(error) });
      pipe.destroy();
    }
  });
  // Its process is gone, or about to be: that is heard of by its exit.
  pipe.on('error', () => undefined);

  return {
    say: (message) => send({ kind: 'shell', text: JSON.stringify(message) }),
    welcome(port) {
      pages += 1;
      const page = pages;
      ports.set(page, port);
      send({ kind: 'open', page });
      const leave = (): void => {
        if (ports.delete(page)) send({ kind: 'close', page });
      };
      port.on('message', ({ data }) => {
        if (!ports.has(page)) return;
        if (typeof data !== 'string' && !(data instanceof Uint8Array)) return;
        const fits = pipe.writableLength <= MAX_WAITING_BYTES;
        if (fits && typeof data === 'string' && data.length <= MAX_TEXT)
          return send({ kind: 'text', page, text: data });
        if (fits && data instanceof Uint8Array && data.byteLength <= MAX_WAITING_BYTES)
          return send({ kind: 'bytes', page, bytes: data });
        log('warn', 'a page that sends what nobody asked for is sent away', { reason: 'bad-message' });
        leave();
        port.close();
      });
      port.on('close', leave);
      port.start();
    },
    end() {
      for (const port of ports.values()) port.close();
      ports.clear();
      pipe.destroy();
    },
  };
}
