import type { Transport } from './transport.ts';

/** What the browser's MessagePort, Node's and Electron's MessagePortMain have in common. */
export type PortLike = {
  postMessage(message: unknown, transfer?: never[]): void;
  close(): void;
  start?(): void;
} & (
  | { addEventListener(type: string, listener: (event: { data: unknown }) => void): void }
  | { on(type: string, listener: (event: { data: unknown }) => void): void }
);

/** The transport inside Electron: structured clones over a MessagePort. */
export function portTransport(port: PortLike): Transport {
  const listen = (type: string, listener: (event: { data: unknown }) => void): void => {
    if ('addEventListener' in port) port.addEventListener(type, listener);
    else port.on(type, listener);
  };
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      listen('message', ({ data }) => {
        if (typeof data === 'string' || data instanceof Uint8Array) listener(data);
      });
      port.start?.();
    },
    onClose: (listener) => listen('close', () => listener()),
    close: () => port.close(),
  };
}
