import { connect, type RpcClient } from '../../contract/page/rpc/client.ts';
import type { Transport } from '../../contract/page/rpc/transport.ts';
import { type Methods, methods, type Pushes, pushes } from '../../contract/page/station-api.ts';
import type { StationView } from '../../contract/page/view.ts';
import { Reason, Refusal } from '../../contract/words/reasons.ts';
import { type OpenTransport, openTransport as openOwnTransport } from './open-transport.ts';

export type StationCalls = RpcClient<Methods, Pushes>['call'];

export type Link =
  | { readonly state: 'connecting' }
  | { readonly state: 'open'; readonly view: StationView; readonly receivedAt: number }
  | { readonly state: 'closed'; readonly reason: Reason };

/** The page's end of the station: what it last said, and a way to call it. Reconnects by itself. */
export type StationLink = {
  readonly current: () => Link;
  subscribe(listener: () => void): () => void;
  readonly call: StationCalls;
  sendFrame(message: Uint8Array): void;
  onFrameWanted(listener: (ticket: number) => void): void;
  /** Called each time a connection stands, the first and every later one. */
  onOpen(listener: () => void): void;
};

const RETRY_MS = 1_000;
/** A way to a station that ends while it is opened can be lost with nobody to tell of it: who is not welcomed asks again. */
const WELCOME_MS = 10_000;
/** Trying again changes nothing: a second window must not fight the first for the seat, an old address stays old. */
const FINAL: readonly Reason[] = ['second-window', 'address-old'];

export function openStationLink(openTransport: OpenTransport = openOwnTransport): StationLink {
  let link: Link = { state: 'connecting' };
  let client: RpcClient<Methods, Pushes> | undefined;
  const listeners = new Set<() => void>();
  const openListeners: (() => void)[] = [];
  let frameListener = (_ticket: number): void => undefined;

  const set = (next: Link): void => {
    link = next;
    for (const listener of listeners) listener();
  };
  const reconnect = (): void => {
    const ended = new AbortController();
    const end = (reason: Reason): void => {
      if (ended.signal.aborted) return;
      ended.abort();
      clearTimeout(patience);
      client = undefined;
      set({ state: 'closed', reason });
      if (!FINAL.includes(reason)) setTimeout(reconnect, RETRY_MS);
    };
    const patience = setTimeout(() => end('station-gone'), WELCOME_MS);
    const begin = (transport: Transport): void => {
      ended.signal.addEventListener('abort', () => transport.close());
      const opened = connect(transport, methods, pushes);
      client = opened;
      opened.on('view', (view) => {
        clearTimeout(patience);
        if (client === opened) set({ state: 'open', view, receivedAt: performance.now() });
      });
      opened.on('frame-wanted', ({ ticket }) => frameListener(ticket));
      opened.onClose((why) => end(Reason.safeParse(why).data ?? 'station-gone'));
      for (const listener of openListeners) listener();
    };
    openTransport(ended.signal).then(
      (transport) => (ended.signal.aborted ? transport.close() : begin(transport)),
      (error) => end(error instanceof Refusal ? error.reason : 'station-gone'),
    );
  };
  reconnect();

  return {
    current: () => link,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call: (method, params) => {
      if (!client) return Promise.reject(new Error('not connected'));
      return client.call(method, params);
    },
    sendFrame: (message) => client?.sendBytes(message),
    onFrameWanted: (listener) => {
      frameListener = listener;
    },
    onOpen: (listener) => void openListeners.push(listener),
  };
}
