import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { parseJson } from '../../../contract/page/rpc/messages.ts';
import type { Transport } from '../../../contract/page/rpc/transport.ts';
import { ShellMessage, type StationMessage } from '../../../contract/shell/kiosk-messages.ts';
import { encodePacket, openDecoder, type Packet } from '../../../contract/shell/kiosk-wire.ts';

/** The station's end of the pipe to the kiosk's shell, over which its pages come too. */
export type ShellLink = { say(message: StationMessage): void };

export type ShellLinkParts = {
  readonly pipe: Duplex;
  readonly onMessage: (message: ShellMessage) => void;
  readonly onPage: (page: Transport) => void;
  /** The shell has gone, or what comes from it cannot be read any more. */
  readonly onEnd: () => void;
  readonly log: Logger;
};

type Page = { readonly transport: Transport; take(message: string | Uint8Array): void; leave(): void };

export function openShellLink({ pipe, onMessage, onPage, onEnd, log }: ShellLinkParts): ShellLink {
  const pages = new Map<number, Page>();
  const send = (packet: Packet): void => {
    for (const part of encodePacket(packet)) pipe.write(part);
  };
  const leave = (number: number): void => {
    const page = pages.get(number);
    pages.delete(number);
    page?.leave();
  };
  const welcome = (number: number): void => {
    const page = pageOf({
      send: (message) =>
        send(
          typeof message === 'string'
            ? { kind: 'text', page: number, text: message }
            : { kind: 'bytes', page: number, bytes: message },
        ),
      isThere: () => pages.get(number) === page,
      close() {
        send({ kind: 'close', page: number });
        leave(number);
      },
    });
    pages.set(number, page);
    onPage(page.transport);
  };
  const take = (packet: Packet): void => {
    switch (packet.kind) {
      case 'shell': {
        const message = ShellMessage.safeParse(parseJson(packet.text));
        if (message.success) return onMessage(message.data);
        return log.warn({ reason: 'bad-message' }, 'shell');
      }
      case 'open':
        return welcome(packet.page);
      case 'text':
        return pages.get(packet.page)?.take(packet.text);
      case 'bytes':
        return pages.get(packet.page)?.take(packet.bytes);
      case 'close':
        return leave(packet.page);
    }
  };
  // What goes wrong with one packet is no fault of the pipe's.
  const decode = openDecoder((packet) => {
    try {
      take(packet);
    } catch (error) {
      log.error({ error: String(error), kind: packet.kind }, 'shell');
    }
  });
  pipe.on('data', (piece: Uint8Array) => {
    try {
      decode(piece);
    } catch (error) {
      log.error({ error: String(error) }, 'the pipe to the shell is broken');
      pipe.destroy();
    }
  });
  pipe.on('error', (error) => log.warn({ error: String(error) }, 'shell'));
  pipe.on('close', () => {
    for (const number of [...pages.keys()]) leave(number);
    onEnd();
  });
  return { say: (message) => send({ kind: 'shell', text: JSON.stringify(message) }) };
}

type PageEnd = { send(message: string | Uint8Array): void; isThere(): boolean; close(): void };

/** One page as the station knows pages: by its transport. */
function pageOf({ send, isThere, close }: PageEnd): Page {
  const listeners: ((message: string | Uint8Array) => void)[] = [];
  const onClose: (() => void)[] = [];
  let gone = false;
  /** A page is often there before the station is: what it says until somebody listens is kept. */
  let early: (string | Uint8Array)[] = [];
  return {
    transport: {
      // What is said to a page that has gone is dropped, as a closed socket drops it.
      send: (message) => isThere() && send(message),
      onMessage(listener) {
        listeners.push(listener);
        for (const message of early) listener(message);
        early = [];
      },
      // Who asks too late is told at once.
      onClose: (listener) => (gone ? listener() : void onClose.push(listener)),
      close: () => isThere() && close(),
    },
    take(message) {
      if (listeners.length === 0) early.push(message);
      for (const listener of listeners) listener(message);
    },
    leave() {
      gone = true;
      for (const listener of onClose.splice(0)) listener();
    },
  };
}
