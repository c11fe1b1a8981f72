import { onWay, wayNow } from '../database/index.ts';

type Running<T> = { readonly answer: Promise<T>; readonly stop: AbortController; waiting: number };

/**
 * Does what is asked for under one key once at a time: whoever asks for it meanwhile gets the same answer. It stops when nobody
 * waits for it any more.
 */
export function oneAtOnce<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Running<T>>();
  const begin = (key: string, work: () => Promise<T>): Running<T> => {
    const stop = new AbortController();
    const answer = onWay({ ...wayNow(), signal: stop.signal }, work).finally(() => {
      if (running.get(key) === begun) running.delete(key);
    });
    const begun: Running<T> = { answer, stop, waiting: 0 };
    running.set(key, begun);
    return begun;
  };
  return async (key, work) => {
    const { signal } = wayNow();
    signal?.throwIfAborted();
    const one = running.get(key) ?? begin(key, work);
    one.waiting += 1;
    const leave = (): void => {
      one.waiting -= 1;
      if (one.waiting > 0) return;
      // Whoever comes now does not get what is being stopped.
      if (running.get(key) === one) running.delete(key);
      one.stop.abort();
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await one.answer;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  };
}
