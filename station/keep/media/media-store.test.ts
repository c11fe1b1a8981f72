import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../../../proof/index.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf, refusalOf } from '../../../tests/kit/refusals.ts';
import { openMediaStore } from './index.ts';

const FILM = Buffer.from('a film, long enough to come in several pieces');
const WHAT = { hash: sha256(FILM), bytes: FILM.length };
const DAY_MS = 86_400_000;

function open(data = temporaryFolder()) {
  return { data, media: openMediaStore(data) };
}
async function* pieces(bytes: Uint8Array, size = 10, breaksAt = Number.POSITIVE_INFINITY) {
  for (let at = 0; at < bytes.length; at += size) {
    if (at >= breaksAt) throw new Error('the line broke');
    yield bytes.subarray(at, at + size);
  }
}

it('has a file once all of it is here, also after a restart', async () => {
  const { data, media } = open();
  expect([media.has(WHAT.hash), reasonOf(() => media.read(WHAT.hash))]).toEqual([false, 'media-missing']);
  await media.receive(WHAT, 0, pieces(FILM));
  expect(media.read(WHAT.hash)).toEqual(FILM);
  expect(open(data).media.has(WHAT.hash)).toBe(true);
  expect(readdirSync(media.folder)).toEqual([WHAT.hash]);
});

it('goes on where a transfer broke off, also after a restart', async () => {
  const { data, media } = open();
  await expect(media.receive(WHAT, 0, pieces(FILM, 10, 20))).rejects.toThrow('the line broke');
  expect([media.has(WHAT.hash), media.partOf(WHAT.hash)]).toEqual([false, 20]);
  const later = open(data).media;
  expect([later.has(WHAT.hash), later.partOf(WHAT.hash)]).toEqual([false, 20]);
  await later.receive(WHAT, 20, pieces(FILM.subarray(20)));
  expect(later.read(WHAT.hash)).toEqual(FILM);
});

it('begins anew where whoever sends it does', async () => {
  const { media } = open();
  await media.receive(WHAT, 0, pieces(FILM, 10, 20)).catch(() => undefined);
  await media.receive(WHAT, 0, pieces(FILM));
  expect(media.read(WHAT.hash)).toEqual(FILM);
});

it('takes nothing that is not what it is called, and keeps no piece of it', async () => {
  const { media } = open();
  const other = Buffer.from(FILM).fill('x', 3, 5);
  expect(await refusalOf(media.receive(WHAT, 0, pieces(other)))).toBe('hash-mismatch');
  expect(await refusalOf(media.receive(WHAT, 0, pieces(Buffer.concat([FILM, FILM]))))).toBe('hash-mismatch');
  expect(media.has(WHAT.hash)).toBe(false);
  await media.receive(WHAT, 0, pieces(FILM));
  expect(media.read(WHAT.hash)).toEqual(FILM);
});

it('takes a file over that lies elsewhere, if it is the one', async () => {
  const { data, media } = open();
  const [right, wrong] = [join(data, 'film.mp4'), join(data, 'other.mp4')];
  writeFileSync(right, FILM);
  writeFileSync(wrong, 'another');
  expect(await media.adopt(WHAT.hash, wrong)).toBe(false);
  expect([media.has(WHAT.hash), readFileSync(wrong, 'utf8')]).toEqual([false, 'another']);
  expect(await media.adopt(WHAT.hash, right)).toBe(true);
  expect([media.read(WHAT.hash), existsSync(right)]).toEqual([FILM, false]);
});

it('keeps what a course showed lately, and erases it a month later', async () => {
  const { media } = open();
  await media.receive(WHAT, 0, pieces(FILM));
  const now = Date.parse('2026-03-04T05:06:07.890Z');
  expect(media.keepOnly(new Set([WHAT.hash]), now)).toBe(0);
  expect(media.keepOnly(new Set(), now + 29 * DAY_MS)).toBe(0);
  expect(media.has(WHAT.hash)).toBe(true);
  expect(media.keepOnly(new Set(), now + 31 * DAY_MS)).toBe(1);
  expect([media.has(WHAT.hash), readdirSync(media.folder)]).toEqual([false, []]);
});
