import { type PortLike, portTransport } from '../../contract/page/rpc/message-port.ts';
import type { Transport } from '../../contract/page/rpc/transport.ts';
import { type SocketLike, socketTransport } from '../../contract/page/rpc/web-socket.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';

/** What the kiosk's preload offers; absent in a plain browser. */
type KioskBridge = {
  connect(): void;
  /** Leaves a kiosk whose station does not run, with an administrator's PIN or the recovery code. */
  leave(code: string): Promise<unknown>;
  /** Whether the slip of a result can be printed now. */
  printer(): Promise<unknown>;
  /** Prints what the page has for paper; says whether it was. */
  print(): Promise<unknown>;
};

declare global {
  interface Window {
    readonly examStation?: KioskBridge;
  }
}

/** @param ended nobody waits for it any longer: what comes then is for who asks next */
export type OpenTransport = (ended: AbortSignal) => Promise<Transport>;

/** The way to the station: a MessagePort in the kiosk, a WebSocket with this launch's token in the browser host. */
export const openTransport: OpenTransport = (ended) =>
  window.examStation ? fromKiosk(window.examStation, ended) : fromBrowserHost();

function fromKiosk(bridge: KioskBridge, ended: AbortSignal): Promise<Transport> {
  const { promise, resolve } = Promise.withResolvers<Transport>();
  const taken = new AbortController();
  const listener = (event: MessageEvent): void => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== 'exam-station-port' || !port) return;
    taken.abort();
    resolve(portTransport(port as PortLike));
  };
  window.addEventListener('message', listener, { signal: AbortSignal.any([ended, taken.signal]) });
  bridge.connect();
  return promise;
}

function fromBrowserHost(): Promise<Transport> {
  const token = location.hash.slice(1);
  if (!token) return Promise.reject(new Refusal('address-old'));
  const socket = new WebSocket(`ws://${location.host}/station`, ['exam-station', token]);
  const { promise, resolve, reject } = Promise.withResolvers<Transport>();
  socket.addEventListener('open', () => resolve(socketTransport(socket as unknown as SocketLike)));
  socket.addEventListener('error', async () => reject(new Refusal(await whyRefused())));
  return promise;
}

/** A browser does not say why a WebSocket failed; but a station that serves its page and not its socket does not know us. */
async function whyRefused(): Promise<Reason> {
  const serves = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  return serves ? 'address-old' : 'station-gone';
}
