import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { keyId, sha256 } from '../../proof/index.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { sharedFolder, temporaryFolder } from '../../tests/kit/folders.ts';
import { addJob, openJobs } from '../jobs/index.ts';
import { type ObjectKind, openBucketObjects, openFolderObjects } from '../objects/index.ts';
import { erasePhotos } from '../people/index.ts';
import { demoCourse } from '../seed/index.ts';
import {
  type BucketServer,
  enrolStation,
  openMemory,
  openTestCenter,
  startBucket,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { obeyIn } from './backups.ts';
import { readStore } from './objects-wish.ts';
import { sweepAll } from './sweeping.ts';
import { erasureWaitMs } from './upkeep.ts';

let bucket: BucketServer;
let open: TestCenter;
let station: TestStation;
const SYSTEM = { kind: 'system' } as const;
const [FILM] = demoCourse().media as [Uint8Array];
const film = sha256(FILM);
const folder = sharedFolder();

beforeAll(async () => {
  bucket = await startBucket();
  open = await openTestCenter({ store: bucket.wish });
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
});
afterAll(async () => {
  await open.close();
  await bucket.stop();
});

const photoOf = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 80, height: 100, channels: 3, background: { r: red * 20, g: 0, b: 0 } } })
    .jpeg()
    .toBuffer();
const ask = (method: 'PUT' | 'POST' | 'GET', url: string, payload?: object) =>
  open.app.inject({
    ...{ method, url, headers: { authorization: `Bearer ${open.secrets.operatorToken}` } },
    ...(payload ? { payload } : {}),
  });
const NUMBER = '11010519491231002X';
const putPhotos = async (...photos: readonly Buffer[]) =>
  ask('PUT', operatorPaths.candidates, {
    ...{ id: 'cd_kept', name: '存照', number: NUMBER, examId: 'ex_demo' },
    photos: photos.map((one) => one.toString('base64')),
  });
const keysOf = async (kind: ObjectKind, objects = open.center.objects) => {
  const keys: string[] = [];
  for await (const { key } of objects.list(kind)) keys.push(key);
  return keys.toSorted();
};
const keyOf = (photo: Buffer) => `photos/${station.tenantId}/${sha256(photo)}` as const;
const later = (hours: number) => ({ ...open.center, now: () => new Date(Date.now() + hours * 3_600_000) });
const running = new AbortController().signal;

describe('a center with a store', () => {
  test('keeps films there, and stations get them whole or in parts', async () => {
    expect(await keysOf('media')).toContain(`media/${film}`);
    expect(await openFolderObjects(open.center.data).has(`media/${film}`)).toBe(false);
    const path = paths.media(film);
    expect(sha256((await station.call('GET', path)).rawPayload)).toBe(film);
    const part = await station.call('GET', path, undefined, { headers: { range: 'bytes=1000-1999' } });
    expect([part.statusCode, part.rawPayload]).toEqual([206, Buffer.from(FILM.subarray(1_000, 2_000))]);
  });

  test('keeps photos there and not in their row; one from before in its row still opens', async () => {
    const [one, other] = [await photoOf(1), await photoOf(2)];
    expect((await putPhotos(one, other)).statusCode).toBe(200);
    expect(await keysOf('photos')).toEqual([keyOf(one), keyOf(other)].toSorted());
    const { db } = open.center;
    expect(await db.query('SELECT count(*)::int AS rows, count(bytes)::int AS inside FROM photos')).toEqual([
      { rows: 2, inside: 0 },
    ]);
    expect((await station.call('GET', paths.photo(sha256(one)))).rawPayload).toEqual(one);
    const before = await photoOf(3);
    await db.query('INSERT INTO photos (tenant_id, hash, bytes) VALUES ($1, $2, $3)', [
      ...[station.tenantId, sha256(before), before],
    ]);
    expect((await station.call('GET', paths.photo(sha256(before)))).rawPayload).toEqual(before);
  });

  test('serves no photo that is another than was brought there', async () => {
    const photo = await photoOf(4);
    await putPhotos(photo);
    await open.center.objects.put(keyOf(photo), await photoOf(5));
    const reply = await station.call('GET', paths.photo(sha256(photo)));
    expect([reply.statusCode, reply.json().reason]).toEqual([503, 'objects-away']);
  });

  test('erases there what is erased here, also once the store answers again, and nothing that somebody has', async () => {
    const [gone, stays] = [await photoOf(6), await photoOf(7)];
    await putPhotos(gone, stays);
    await putPhotos(stays);
    await erasePhotos(SYSTEM, open.center);
    expect(await keysOf('photos')).toEqual([keyOf(stays)]);
    // Taken away, and there again before anybody has erased it.
    await putPhotos();
    await putPhotos(stays);
    await erasePhotos(SYSTEM, open.center);
    expect((await station.call('GET', paths.photo(sha256(stays)))).rawPayload).toEqual(stays);
    const left = await ask('POST', operatorPaths.leavings, { number: NUMBER, reason: '离职', on: '2026-01-01' });
    expect(left.statusCode).toBe(200);
    await bucket.halt();
    await expect(erasePhotos(SYSTEM, open.center)).rejects.toMatchObject({ reason: 'objects-away' });
    await bucket.resume();
    expect(await keysOf('photos')).toEqual([keyOf(stays)]);
    await erasePhotos(SYSTEM, open.center);
    expect(await keysOf('photos')).toEqual([]);
    expect(await open.center.db.query('SELECT * FROM photo_erasures')).toEqual([]);
  });

  test('says that the store is away, changes nothing then, and stays ready', async () => {
    await bucket.halt();
    const reply = await putPhotos(await photoOf(8));
    expect([reply.statusCode, reply.json().reason]).toEqual([503, 'objects-away']);
    expect((await station.call('GET', paths.media(film))).json()).toMatchObject({ reason: 'objects-away' });
    expect((await open.app.inject('/readyz')).statusCode).toBe(200);
    const metrics = (await open.app.inject('/metrics')).body;
    expect(metrics).toContain('exam_center_objects_up 0');
    await bucket.resume();
    expect((await open.app.inject('/metrics')).body).toContain('exam_center_objects_up 1');
    expect(
      await open.center.db.query('SELECT 1 FROM candidates WHERE id = $1 AND left_at IS NULL', ['cd_kept']),
    ).toEqual([]);
  });

  test('keeps what came of long work there', async () => {
    const jobs = openJobs(open.center, {
      kinds: {
        count: {
          ...{ atOnce: 1, again: () => undefined },
          async run({ draft }) {
            await writeFile(draft, '一，二，三');
            return { name: 'a.csv', type: 'text/csv' };
          },
        },
      },
      ...{ alone: false, onFault: () => undefined, pollMs: 20 },
    });
    onTestFinished(() => jobs.stop());
    const { id } = await addJob(open.center.db, { kind: 'count', asked: {} }, new Date());
    await eventually(async () => expect(await keysOf('jobs')).toEqual([`jobs/${id}`]));
  });
});

describe('what nobody names', () => {
  test('is cleared away after a day, and what is named never', async () => {
    const photo = await photoOf(9);
    await putPhotos(photo);
    const { objects } = open.center;
    const named = [...(await keysOf('media')), ...(await keysOf('photos')), ...(await keysOf('jobs'))];
    const lost = [`media/${sha256('lost')}`, keyOf(await photoOf(10)), 'jobs/jb_lost'] as const;
    for (const key of lost) await objects.put(key, Buffer.from('x'));
    expect(await sweepAll(later(23), running)).toBe(0);
    expect(await sweepAll(later(25), running)).toBe(3);
    expect([...(await keysOf('media')), ...(await keysOf('photos')), ...(await keysOf('jobs'))]).toEqual(named);
  });

  test('in a store of another center stays there', async () => {
    const objects = openBucketObjects(bucket.wish);
    // Claimed by its first start, before anything lay there.
    expect(await objects.claim('x')).toEqual({ owner: keyId(open.center.keys.root), mayBeSwept: true });
    const other = await openTestCenter({ seed: 'none' });
    const before = await keysOf('media');
    const there = { ...other.center, objects, now: later(30).now };
    await expect(sweepAll(there, running)).rejects.toThrow('that of the center');
    const unclear = { ...open.center.objects, claim: async (owner: string) => ({ owner, mayBeSwept: false }) };
    const unswept = sweepAll({ ...later(30), objects: unclear }, running);
    await expect(unswept).rejects.toThrow('before it was claimed');
    expect(await keysOf('media')).toEqual(before);
    objects.close();
    await other.close();
  });

  test('of another center is no store for this one', async () => {
    await expect(openTestCenter({ store: bucket.wish })).rejects.toThrow('the store of objects is that of the center');
  });
});

test('a backup holds films and photos of the store, and brings them back into a folder', async () => {
  const photo = await photoOf(11);
  await putPhotos(photo);
  const file = join(folder, 'backup');
  const made = await obeyIn(open.center, { ...WISH, backup: 'make', to: file, media: true, keys: false }, new Date());
  expect(made).toMatchObject({ missing: [] });
  const data = temporaryFolder();
  const [db, objects] = [await openMemory(), openFolderObjects(data)];
  await obeyIn(
    { db, data, objects },
    { ...WISH, backup: 'restore', file, erasures: [], nothingNewer: true },
    new Date(),
  );
  const read = await objects.read(keyOf(photo));
  expect(read && Buffer.from(await buffer(read))).toEqual(photo);
  expect(await objects.has(`media/${film}`)).toBe(true);
  // Whoever is erased there is erased from that folder too.
  const place = { db, objects };
  await db.query('INSERT INTO photo_erasures (tenant_id, hash) VALUES ($1, $2)', [station.tenantId, sha256(photo)]);
  expect([await erasePhotos(SYSTEM, place), await objects.has(keyOf(photo))]).toEqual([0, true]);
  await db.query('DELETE FROM candidate_photos WHERE hash = $1', [sha256(photo)]);
  await db.query('DELETE FROM photos WHERE hash = $1', [sha256(photo)]);
  const gone = [sha256(photo), sha256('never here')];
  await db.query('INSERT INTO photo_erasures (tenant_id, hash) SELECT $1, unnest($2::text[])', [
    station.tenantId,
    gone,
  ]);
  expect([await erasePhotos(SYSTEM, place), await objects.has(keyOf(photo))]).toEqual([1, false]);
  // What lies in no folder here is still to be erased by whoever has the store.
  const left = await db.query('SELECT hash FROM photo_erasures WHERE hash = ANY($1::text[])', [gone]);
  expect(left).toEqual([{ hash: sha256('never here') }]);
  await db.close();
});

test('a store that hangs holds no transaction for long, and is asked less often while it is away', async () => {
  expect([0, 1, 2, 20].map(erasureWaitMs)).toEqual([10_000, 20_000, 40_000, 300_000]);
  const { db } = open.center;
  const asked: string[] = [];
  const objects = {
    ...open.center.objects,
    remove: (key: string, signal?: AbortSignal) =>
      new Promise<void>((_, reject) => {
        asked.push(key);
        signal?.addEventListener('abort', () => reject(new Error('nobody waits')));
      }),
  };
  const hashes = [sha256('gone'), sha256('gone too')];
  await db.query('INSERT INTO photo_erasures (tenant_id, hash) SELECT $1, unnest($2::text[])', [
    station.tenantId,
    hashes,
  ]);
  await expect(erasePhotos(SYSTEM, { db, objects }, AbortSignal.abort())).resolves.toBe(0);
  await expect(erasePhotos(SYSTEM, { db, objects })).rejects.toThrow('nobody waits');
  expect(asked).toHaveLength(1);
  await erasePhotos(SYSTEM, open.center);
});
const WISH = { data: '', databaseUrl: undefined, store: undefined, passphraseFile: undefined };

const sentenceOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('the settings of a store go together, and a secret stands in a file', async () => {
  const secret = join(folder, 'secret');
  await writeFile(secret, 'a secret\n');
  const env = {
    EXAM_CENTER_OBJECTS_URL: 'https://store.example/exams',
    EXAM_CENTER_OBJECTS_KEY_ID: 'me',
    EXAM_CENTER_OBJECTS_SECRET_FILE: secret,
  };
  expect(readStore({})).toBeUndefined();
  expect(readStore(env)).toMatchObject({ url: env.EXAM_CENTER_OBJECTS_URL, region: 'us-east-1', secret: 'a secret' });
  for (const url of [
    'http://store.example/exams',
    'https://me:pw@store.example/e',
    'https://:pw@store.example/e',
    'https://s.example/a/b',
    'exams',
    'https://s.example/a?x',
  ]) {
    const said = sentenceOf(() => readStore({ ...env, EXAM_CENTER_OBJECTS_URL: url }));
    expect(said).toContain('EXAM_CENTER_OBJECTS_URL is no address of a bucket');
    // It is printed, and a password may stand in an address.
    expect(said).not.toContain(url);
    expect(said).not.toContain('pw');
  }
  expect(() => readStore({ ...env, EXAM_CENTER_OBJECTS_KEY_ID: '' })).toThrow('EXAM_CENTER_OBJECTS_KEY_ID');
  expect(() => readStore({ ...env, EXAM_CENTER_OBJECTS_URL: '' })).toThrow('go with');
});
