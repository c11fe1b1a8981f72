import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as listenTo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sharedFolder, temporaryFolder } from '../../tests/kit/folders.ts';
import { type BucketServer, startBucket } from '../testing/index.ts';
import {
  type KeptObject,
  type ObjectKey,
  type ObjectKind,
  type Objects,
  openBucketObjects,
  openFolderObjects,
  ownedBy,
} from './index.ts';

let server: BucketServer;
beforeAll(async () => {
  server = await startBucket();
});
afterAll(() => server.stop());

const bytesOf = async (objects: Objects, key: ObjectKey, range?: { start: number; end: number }) => {
  const read = await objects.read(key, range);
  return read && Buffer.from(await buffer(read));
};
const listed = async (objects: Objects, kind: ObjectKind) => {
  const all: KeptObject[] = [];
  for await (const one of objects.list(kind)) all.push(one);
  return all;
};
const keysOf = async (objects: Objects, kind: ObjectKind) =>
  (await listed(objects, kind)).map(({ key }) => key).toSorted();
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const film = randomBytes(300_000);
const named: ObjectKey = `media/${hashOf(film)}`;

const KEEPERS: readonly (readonly [string, () => Objects])[] = [
  ['a folder', () => openFolderObjects(sharedFolder())],
  ['a store', () => openBucketObjects(server.wish)],
];

describe.each(KEEPERS)('%s keeps what is too large for a database', (_, open) => {
  let objects: Objects;
  beforeAll(() => {
    objects = open();
  });
  afterAll(() => objects.close());

  test('a file as a whole, which is gone from where it was, and reads it whole or in parts', async () => {
    const draft = join(temporaryFolder(), 'film.draft');
    await writeFile(draft, film);
    await objects.take(named, draft);
    expect(existsSync(draft)).toBe(false);
    expect(await bytesOf(objects, named)).toEqual(film);
    expect(await bytesOf(objects, named, { start: 1_000, end: 1_999 })).toEqual(film.subarray(1_000, 2_000));
    expect(await bytesOf(objects, named, { start: 0, end: 1 })).toEqual(film.subarray(0, 2));
    expect(await bytesOf(objects, named, { start: 299_990, end: 299_999 })).toEqual(film.subarray(-10));
    expect(await objects.has(named)).toBe(true);
  });

  test('nothing under a key is nothing, and may be removed twice', async () => {
    const key = `photos/tn_a/${'0'.repeat(64)}` as const;
    expect([await objects.has(key), await objects.read(key)]).toEqual([false, undefined]);
    await objects.put(key, Buffer.from('a photo'));
    expect(await bytesOf(objects, key)).toEqual(Buffer.from('a photo'));
    await objects.put(key, Buffer.from('another'));
    expect(await bytesOf(objects, key)).toEqual(Buffer.from('another'));
    await objects.remove(key);
    await objects.remove(key);
    expect([await objects.has(key), await objects.read(key)]).toEqual([false, undefined]);
  });

  test('lists each kind by itself, with when they were written', async () => {
    await Promise.all(Array.from({ length: 20 }, (_one, at) => objects.put(`jobs/jb_${at}`, Buffer.from('x'))));
    await objects.put('photos/tn_a/1', Buffer.from('1'));
    await objects.put('photos/tn_b/1', Buffer.from('1'));
    expect(await keysOf(objects, 'media')).toEqual([named]);
    expect(await keysOf(objects, 'photos')).toEqual(['photos/tn_a/1', 'photos/tn_b/1']);
    const jobs = await listed(objects, 'jobs');
    expect(new Set(jobs.map(({ key }) => key)).size).toBe(20);
    for (const { at } of jobs) expect(Math.abs(Date.now() - at.getTime())).toBeLessThan(120_000);
  });

  test('takes no key that leads elsewhere', async () => {
    for (const key of ['media/../center.key', 'media/', 'media/a/b/c', 'keys/a', 'media/a?b', ''] as ObjectKey[]) {
      await expect(objects.put(key, Buffer.from('x'))).rejects.toThrow('no key of an object');
      await expect((async () => objects.read(key))()).rejects.toThrow('no key of an object');
    }
  });
});

/** A store that is asked there: what it answers, the test says. */
async function atServer(answer: RequestListener): Promise<Objects> {
  const strange = createServer(answer).listen(0, '127.0.0.1');
  await once(strange, 'listening');
  const { port } = strange.address() as AddressInfo;
  const objects = openBucketObjects({ ...server.wish, url: `http://127.0.0.1:${port}/exams` });
  onTestFinished(() => {
    objects.close();
    strange.close();
  });
  return objects;
}

describe('a store', () => {
  test('is one center’s: whoever comes second is told whose', async () => {
    const objects = openBucketObjects(server.wish);
    const first = { owner: 'first', mayBeSwept: false };
    expect([await objects.claim('first'), await objects.claim('second'), await objects.claim('first')]).toEqual([
      // Objects were there before anybody said whose they are.
      ...[first, first, first],
    ]);
    const other = ownedBy(objects, 'second');
    for (const asked of [other.put(named, film), other.remove(named), other.has(named), other.mustBeOwn()])
      await expect(asked).rejects.toThrow('that of the center first');
    expect(await objects.has(named)).toBe(true);
    objects.close();
  });

  test('with nothing in it may be swept by whoever claims it', async () => {
    const empty = await startBucket();
    const objects = openBucketObjects(empty.wish);
    expect(await objects.claim('first')).toEqual({ owner: 'first', mayBeSwept: true });
    objects.close();
    await empty.stop();
  });

  test.each([412, 409, 501])('that is claimed by two at once, and answers %i, is that of one', async (status) => {
    let kept: string | undefined;
    const objects = await atServer(async (request, reply) => {
      const body = (await buffer(request)).toString();
      if (request.url?.includes('list-type')) return void reply.end('<ListBucketResult></ListBucketResult>');
      if (request.method === 'GET') return void reply.writeHead(kept === undefined ? 404 : 200).end(kept);
      const isConditional = request.headers['if-none-match'] === '*';
      // Another center came between the look and the word.
      kept = isConditional ? (status === 501 ? undefined : 'other') : body;
      reply.writeHead(isConditional ? status : 200).end();
    });
    const owner = status === 501 ? 'own' : 'other';
    expect(await objects.claim('own')).toEqual({ owner, mayBeSwept: true });
  });

  test('that does not answer, or knows the key otherwise, is away; what it says is in no answer', async () => {
    const wrong = openBucketObjects({ ...server.wish, secret: 'other' });
    await expect(wrong.has(named)).rejects.toMatchObject({ reason: 'objects-away', detail: undefined });
    await expect(wrong.put(named, film)).rejects.toMatchObject({ reason: 'objects-away' });
    const objects = openBucketObjects(server.wish);
    await objects.answers();
    await server.halt();
    const asked = [objects.answers(), objects.has(named), objects.read(named), objects.put(named, film)];
    for (const one of await Promise.allSettled(asked))
      expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'objects-away' } });
    const draft = join(temporaryFolder(), 'film.draft');
    await writeFile(draft, film);
    await expect(objects.take(named, draft)).rejects.toMatchObject({ reason: 'objects-away' });
    // Whoever wrote it may try again.
    expect(existsSync(draft)).toBe(true);
    await server.resume();
    await objects.answers();
    for (const one of [wrong, objects]) one.close();
  });

  test('that lists no more than it likes at once is asked on', async () => {
    const page = (
      name: string,
      more: string,
    ) => `<?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated>${more}
      <Contents><Key>jobs/${name}</Key><LastModified>2026-11-27T00:00:00.000Z</LastModified></Contents></ListBucketResult>`;
    const asked: (string | null)[] = [];
    const objects = await atServer((request, reply) => {
      const token = new URL(request.url ?? '', 'http://x').searchParams.get('continuation-token');
      asked.push(token);
      reply.end(token ? page('b', '') : page('a', '<NextContinuationToken>1/x+&amp;y==</NextContinuationToken>'));
    });
    expect(await keysOf(objects, 'jobs')).toEqual(['jobs/a', 'jobs/b']);
    expect(asked).toEqual([null, '1/x+&y==']);
  });

  test('that answers with other than it was asked for is away', async () => {
    const objects = await atServer((request, reply) => {
      request.resume();
      if (request.url?.includes('list-type')) return void reply.end('<html>a page of a proxy</html>');
      if (request.method === 'GET') return void reply.end('all of it');
      // Elsewhere is not where it was to go.
      reply.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
    await expect(objects.answers()).rejects.toMatchObject({ reason: 'objects-away' });
    await expect(objects.put(named, film)).rejects.toMatchObject({ reason: 'objects-away' });
    await expect(objects.read(named, { start: 1, end: 2 })).rejects.toMatchObject({ reason: 'objects-away' });
  });
});

describe('a store that breaks', () => {
  test('in the middle of a film breaks that film off, and nothing else', async () => {
    const objects = await atServer((_, reply) => {
      reply.writeHead(200, { 'content-length': film.length });
      reply.write(film.subarray(0, 1_000), () => setTimeout(() => reply.socket?.resetAndDestroy(), 50));
    });
    const read = await objects.read(named);
    await expect(buffer(read as NonNullable<typeof read>)).rejects.toThrow();
    // What nobody heard of would have ended the process by now.
    await new Promise(setImmediate);
  });

  test('or is slow for those who read films is not for everybody else', async () => {
    const objects = await atServer((request, reply) => {
      reply.writeHead(200, { 'content-length': film.length });
      if (request.method === 'HEAD') reply.end();
      else reply.write(film.subarray(0, 1_000));
    });
    const reading = await Promise.all(Array.from({ length: 40 }, () => objects.read(named)));
    expect(await objects.has(named)).toBe(true);
    for (const one of reading) one?.destroy();
  });

  test('and only trickles, or whom nobody waits for any more, is away', async () => {
    const trickle = listenTo((socket) => {
      const drip = setInterval(() => socket.write('H'), 20);
      socket.on('error', () => undefined).on('close', () => clearInterval(drip));
      socket.write('HTTP/1.1 200 O');
      socket.resume();
    }).listen(0, '127.0.0.1');
    await once(trickle, 'listening');
    const url = `http://127.0.0.1:${(trickle.address() as AddressInfo).port}/exams`;
    const [soon, late] = [openBucketObjects({ ...server.wish, url }, 200), openBucketObjects({ ...server.wish, url })];
    await expect(soon.has(named)).rejects.toMatchObject({ reason: 'objects-away' });
    await expect(late.remove(named, AbortSignal.timeout(100))).rejects.toMatchObject({ reason: 'objects-away' });
    for (const one of [soon, late]) one.close();
    trickle.close();
  });
});

test('a folder has nothing but what was kept in it', async () => {
  const folder = temporaryFolder();
  const objects = openFolderObjects(folder);
  await objects.put('media/a', Buffer.from('a'));
  await writeFile(join(folder, 'media', 'half.draft'), 'b');
  expect(await keysOf(objects, 'media')).toEqual(['media/a']);
  expect(readdirSync(folder)).toEqual(['media']);
});
