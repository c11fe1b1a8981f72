import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTalk, type Line } from './exchange.ts';
import { commandFrame, encodeReply } from './samv.ts';

/** A line whose other end is the test. */
function openTestLine() {
  let onData = (_bytes: Uint8Array): void => {};
  let onLost = (): void => {};
  const written: Uint8Array[] = [];
  const line: Line = {
    write: (bytes) => void written.push(bytes),
    onData: (listener) => {
      onData = listener;
    },
    onLost: (listener) => {
      onLost = listener;
    },
    close: async () => {},
  };
  return {
    line,
    written,
    say: (...parts: Uint8Array[]) => parts.forEach((part) => void onData(part)),
    lose: () => onLost(),
  };
}

const status = (code: number, data = 0): Uint8Array => encodeReply([0, 0, code], new Uint8Array(data));
const outcome = (answer: Awaited<ReturnType<ReturnType<typeof createTalk>['exchange']>>) =>
  answer.ok ? answer.reply.sw[2] : answer.fault;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  // An exchange that is over must have left no timer behind, whatever ended it.
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('sends the command and gives its reply', async () => {
  const { line, written, say } = openTestLine();
  const answer = createTalk(line).exchange('find');
  expect(written).toEqual([commandFrame('find')]);
  say(status(0x9f, 4));
  expect(outcome(await answer)).toBe(0x9f);
});

it('says no-reply after the time of the command', async () => {
  const { line } = openTestLine();
  const answer = createTalk(line).exchange('find');
  vi.advanceTimersByTime(800);
  expect(outcome(await answer)).toBe('no-reply');
});

it('waits on after noise that looked like a frame', async () => {
  const { line, say } = openTestLine();
  const answer = createTalk(line).exchange('find');
  say(Buffer.from('aaaaaa9669000400009900', 'hex'), status(0x80));
  expect(outcome(await answer)).toBe(0x80);
});

it('says garbled where only that came', async () => {
  const { line, say } = openTestLine();
  const answer = createTalk(line).exchange('find');
  say(Buffer.from('aaaaaa9669000400009900', 'hex'));
  vi.advanceTimersByTime(800);
  expect(outcome(await answer)).toBe('garbled');
});

it('finds the reply behind a header that noise made, when time is up', async () => {
  const { line, say } = openTestLine();
  const answer = createTalk(line).exchange('find');
  say(Buffer.from('aaaaaa96690508', 'hex'), status(0x9f, 4));
  vi.advanceTimersByTime(800);
  expect(outcome(await answer)).toBe(0x9f);
});

it.each([
  ['find', 'select', status(0x9f, 4), status(0x90, 8), 0x90],
  ['select', 'read', status(0x90, 8), status(0x41), 0x41],
  ['select', 'find', status(0x90, 8), status(0x80), 0x80],
  ['find', 'select', status(0x80), status(0x81), 0x81],
  ['samId', 'select', status(0x90, 16), status(0x90, 8), 0x90],
  ['read', 'find', status(0x90, 1284), status(0x9f, 4), 0x9f],
] as const)('does not take a late reply to %s for one to %s', async (first, second, late, right, expected) => {
  const { line, say } = openTestLine();
  const { exchange } = createTalk(line);
  const given = exchange(first);
  vi.advanceTimersByTime(5000);
  await given;
  const answer = exchange(second);
  say(late, right);
  expect(outcome(await answer)).toBe(expected);
});

it('forgets what came while nothing was asked', async () => {
  const { line, say } = openTestLine();
  const { exchange } = createTalk(line);
  say(status(0x9f, 4), status(0x9f, 4).subarray(0, 9));
  const answer = exchange('find');
  say(status(0x80));
  expect(outcome(await answer)).toBe(0x80);
});

it.each(['lost', 'abandoned'])('ends at once when the line is %s, and stays over', async (how) => {
  const { line, lose } = openTestLine();
  const talk = createTalk(line);
  const answer = talk.exchange('read');
  if (how === 'lost') lose();
  else talk.abandon();
  expect(outcome(await answer)).toBe('line-lost');
  expect(outcome(await talk.exchange('find'))).toBe('line-lost');
  expect(talk.over).toBe(true);
});
