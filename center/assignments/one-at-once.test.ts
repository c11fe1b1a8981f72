import { expect, it } from 'vitest';
import { onWay, wayNow } from '../database/index.ts';
import { oneAtOnce } from './one-at-once.ts';

function watched() {
  const [once, done] = [oneAtOnce<string>(), Promise.withResolvers<string>()];
  const signals: (AbortSignal | undefined)[] = [];
  const work = () => {
    const { signal } = wayNow();
    signals.push(signal);
    signal?.addEventListener('abort', () => done.reject(signal.reason));
    return done.promise;
  };
  const ask = (gone: AbortController, key = 'a') =>
    onWay({ lane: 'reports', signal: gone.signal }, () => once(key, work)).catch((error: Error) => error.name);
  return { ask, signals, done };
}

it('what is asked for twice at once is done once, and done anew afterwards', async () => {
  const { ask, signals, done } = watched();
  const gone = new AbortController();
  const asked = [ask(gone), ask(gone), ask(gone, 'b')];
  expect(signals).toHaveLength(2);
  done.resolve('done');
  expect(await Promise.all(asked)).toEqual(['done', 'done', 'done']);
  await ask(gone);
  expect(signals).toHaveLength(3);
});

it('it goes on for whoever still waits, and stops when nobody does', async () => {
  const { ask, signals } = watched();
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [ask(first), ask(second)];
  first.abort();
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  second.abort();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  expect(await Promise.all(asked)).toEqual(['AbortError', 'AbortError']);
});

it('whoever asks for what is being stopped has it begun anew', async () => {
  const { ask, signals } = watched();
  const gone = new AbortController();
  const stopped = ask(gone);
  gone.abort();
  const again = ask(new AbortController());
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
  expect(await Promise.all([stopped, again])).toEqual(['AbortError', 'AbortError']);
});
