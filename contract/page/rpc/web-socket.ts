import type { Transport } from './transport.ts';

/** What the browser's WebSocket and the `ws` package's have in common. */
export type SocketLike = {
  binaryType: string;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { reason: string }) => void): void;
};

const OPEN = 1;

/** The transport of the browser host: one WebSocket message for one message. */
export function socketTransport(socket: SocketLike): Transport {
  socket.binaryType = 'arraybuffer';
  return {
    // A closed socket swallows what is sent; the close listener has told everybody already.
    send: (message) => {
      if (socket.readyState === OPEN) socket.send(message as string | Uint8Array<ArrayBuffer>);
    },
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') listener(data);
        else if (data instanceof ArrayBuffer) listener(new Uint8Array(data));
      }),
    onClose: (listener) => socket.addEventListener('close', ({ reason }) => listener(reason || undefined)),
    close: () => socket.close(),
  };
}
