import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { sha256 } from '../../proof/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { openFolderObjects } from '../objects/index.ts';
import { demoCourse } from '../seed/index.ts';
import { addOtherTenant, enrolStation, openTestCenter, type TestCenter, type TestStation } from '../testing/index.ts';
import { clearMediaDrafts, writeMedia } from './media-files.ts';

let open: TestCenter;
let ours: TestStation;
let theirs: TestStation;
let theirToken: string;
const [FILM, LEAFLET] = demoCourse().media as [Uint8Array, Uint8Array];
const hash = sha256(FILM);

beforeAll(async () => {
  open = await openTestCenter();
  ours = await enrolStation(open.app, open.secrets.enrolmentCode);
  const other = await addOtherTenant(open);
  theirToken = other.token;
  theirs = await enrolStation(open.app, other.code, '别家');
});
afterAll(() => open.close());

const ask = (method: 'GET' | 'PUT', url: string, payload?: Buffer, token = open.secrets.operatorToken) =>
  open.app.inject({
    ...{ method, url, headers: { authorization: `Bearer ${token}` } },
    ...(payload === undefined ? {} : { payload }),
  });
const reasonOf = async (reply: ReturnType<typeof ask>): Promise<string> =>
  (await reply).json<{ reason: string }>().reason;
const upload = (bytes: Uint8Array, named = sha256(bytes), token = theirToken) =>
  ask('PUT', `${operatorPaths.media}/${named}`, Buffer.from(bytes), token);

describe('what a course shows', () => {
  test('is kept under its hash, and comes whole or in parts', async () => {
    const path = paths.media(hash);
    const whole = await ours.call('GET', path);
    expect([whole.statusCode, whole.headers['content-type'], whole.headers['accept-ranges']]).toEqual([
      200,
      'video/webm',
      'bytes',
    ]);
    expect(sha256(whole.rawPayload)).toBe(hash);
    const part = async (range: string) => ours.call('GET', path, undefined, { headers: { range } });
    const middle = await part('bytes=1000-1999');
    expect([middle.statusCode, middle.headers['content-range']]).toEqual([206, `bytes 1000-1999/${FILM.length}`]);
    expect(middle.rawPayload).toEqual(Buffer.from(FILM.subarray(1_000, 2_000)));
    const rest = await part(`bytes=${FILM.length - 5}-`);
    expect([rest.statusCode, rest.rawPayload]).toEqual([206, Buffer.from(FILM.subarray(-5))]);
    const beyond = await part(`bytes=${FILM.length}-`);
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${FILM.length}`]);
  });

  test('is another tenant’s only once that one has sent it too', async () => {
    expect((await theirs.call('GET', paths.media(hash))).statusCode).toBe(404);
    expect((await ask('GET', operatorPaths.media, undefined, theirToken)).json()).toEqual({ media: [] });
    expect((await upload(FILM)).statusCode).toBe(200);
    expect((await theirs.call('GET', paths.media(hash))).statusCode).toBe(200);
    const listed = (await ask('GET', operatorPaths.media, undefined, theirToken)).json();
    expect(listed).toEqual({ media: [{ hash, type: 'video/webm', bytes: FILM.length }] });
  });

  test('is refused where it is not what it is called, or nothing that is shown, and leaves nothing', async () => {
    const wrong = await upload(LEAFLET, sha256('something else'));
    expect([wrong.statusCode, wrong.json().reason]).toEqual([422, 'hash-mismatch']);
    expect(await reasonOf(upload(Buffer.from('#EXTM3U')))).toBe('media-type-unknown');
    expect(await reasonOf(upload(new Uint8Array()))).toBe('media-type-unknown');
    expect((await upload(FILM, hash, 'nobody')).statusCode).toBe(401);
    expect((await ask('PUT', `${operatorPaths.media}/x`, Buffer.from('y'))).statusCode).toBe(404);
    expect(readdirSync(join(open.center.data, 'media')).toSorted()).toEqual([hash, sha256(LEAFLET)].toSorted());
  });

  test('ends where it is too long, and drafts of a program that was stopped are cleared away', async () => {
    const data = temporaryFolder();
    const pieces = async function* () {
      for (;;) yield randomBytes(100);
    };
    const place = { data, objects: openFolderObjects(data) };
    await expect(writeMedia(place, hash, pieces(), 1_000)).rejects.toMatchObject({ reason: 'media-too-large' });
    expect(readdirSync(join(data, 'media'))).toEqual([]);
    await writeFile(join(data, 'media', 'x.draft'), 'half');
    await writeFile(join(data, 'media', hash), 'whole');
    // Another program may be writing it.
    await clearMediaDrafts(data);
    expect(readdirSync(join(data, 'media')).toSorted()).toEqual([hash, 'x.draft'].toSorted());
    await clearMediaDrafts(data, Date.now() + 2 * 3_600_000);
    expect(readdirSync(join(data, 'media'))).toEqual([hash]);
    expect(await readFile(join(data, 'media', hash), 'utf8')).toBe('whole');
  });
});
