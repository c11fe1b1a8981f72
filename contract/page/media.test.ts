import { expect, it } from 'vitest';
import { Sha256 } from '../words/ids.ts';
import { mediaAnswer, mediaHashIn, mediaPath, mediaTypeOf, spanOf } from './media.ts';

const HASH = Sha256.parse('a'.repeat(64));

it('a file is found by its hash and by nothing else', () => {
  expect(mediaHashIn(`/${mediaPath(HASH)}`)).toBe(HASH);
  const others = ['/media/', `/media/${'A'.repeat(64)}`, `/media/../${HASH}`, `/media/${HASH}/`, `/media/${HASH}.part`];
  for (const path of [...others, `/media//${HASH}`, `/media/%2e%2e/${HASH}`, `/x/media/${HASH}`, `/media/${HASH}\n`])
    expect(mediaHashIn(path), path).toBeUndefined();
});

it.each([
  ['0000002066747970', 'video/mp4'],
  ['1a45dfa39f42', 'video/webm'],
  ['255044462d312e37', 'application/pdf'],
  ['89504e470d0a1a0a', 'image/png'],
  ['3c68746d6c3e', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('what begins with %s is %s', (start, type) => {
  expect(mediaTypeOf(Buffer.from(start, 'hex'))).toBe(type);
});

it.each([
  [null, 'whole'],
  ['bytes=0-', { from: 0, to: 99 }],
  ['bytes=10-19', { from: 10, to: 19 }],
  ['bytes=90-500', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-500', { from: 0, to: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=20-10', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=0-1,5-6', 'whole'],
  ['lines=0-1', 'whole'],
  ['bytes=a-b', 'whole'],
])('of a hundred bytes %s is %j', (range, span) => {
  expect(spanOf(range, 100)).toEqual(span);
});

it('nothing of an empty file can be asked for', () => {
  expect(spanOf('bytes=0-', 0)).toBe('unsatisfiable');
});

it('an answer says which part it is', () => {
  const of = (range: string | null) => mediaAnswer(spanOf(range, 100), 100, 'video/mp4');
  expect(of(null)).toMatchObject({ status: 200, headers: { 'content-length': '100', 'accept-ranges': 'bytes' } });
  expect(of('bytes=10-19')).toMatchObject({
    status: 206,
    headers: { 'content-range': 'bytes 10-19/100', 'content-length': '10' },
  });
  expect(of('bytes=100-')).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */100' } });
});
