import type { Transport } from './transport.ts';

/** Both ends of a line in memory. Messages arrive in order and later, never inside `send`, as on a real one. */
export type TransportPair = {
  readonly page: Transport;
  readonly station: Transport;
  /** Everything the station sent, as it went. */
  readonly said: (string | Uint8Array)[];
};

type End = { messages: ((message: string | Uint8Array) => void)[]; closes: ((reason?: string) => void)[] };

export function transportPair(): TransportPair {
  const [page, station]: [End, End] = [
    { messages: [], closes: [] },
    { messages: [], closes: [] },
  ];
  const said: (string | Uint8Array)[] = [];
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    for (const end of [page, station]) for (const listener of end.closes) queueMicrotask(() => listener());
  };
  const end = (mine: End, other: End, sent: (message: string | Uint8Array) => void): Transport => ({
    send(message) {
      if (!open) return;
      const copy = typeof message === 'string' ? message : Uint8Array.from(message);
      sent(copy);
      queueMicrotask(() => {
        for (const listener of other.messages) listener(copy);
      });
    },
    onMessage: (listener) => void mine.messages.push(listener),
    onClose: (listener) => void mine.closes.push(listener),
    close,
  });
  return {
    page: end(page, station, () => undefined),
    station: end(station, page, (message) => void said.push(message)),
    said,
  };
}
