import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BucketLine, openBucketLine, type StoreWish } from './bucket-line.ts';
import { type Claim, isObjectKey, type KeptObject, mustBeKey, type ObjectKind, type Objects } from './objects.ts';
import { ObjectsTrouble } from './trouble.ts';

const NOTHING = createHash('sha256').digest('hex');
/** Beside the three kinds: no sweep and no reader comes there. */
const OWNER = 'owner';

/**
 * Keeps bytes in a bucket of a store that speaks the S3 API. What is written goes there with its SHA-256, which the store holds
 * against it, in one request: five gigabytes at the most.
 * @param silentMs so long it may say nothing before it counts as away
 */
export function openBucketObjects(wish: StoreWish, silentMs?: number): Objects {
  const line = openBucketLine(wish, silentMs);
  const put = async (path: string, bytes: Uint8Array): Promise<void> => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    await emptied(line.ask({ method: 'PUT', path, hash, length: bytes.length, body: () => bytes }));
  };
  return {
    shared: true,
    async take(key, file) {
      const [hash, { size }] = [await hashOf(file), await stat(file)];
      const body = () => createReadStream(file);
      await emptied(line.ask({ method: 'PUT', path: mustBeKey(key), hash, length: size, body }));
      await rm(file, { force: true });
    },
    put: async (key, bytes) => put(mustBeKey(key), bytes),
    async read(key, range) {
      const headers = range ? { range: `bytes=${range.start}-${range.end}` } : undefined;
      const reply = await line.ask({ method: 'GET', path: mustBeKey(key), hash: NOTHING, headers }, MISSING);
      if (reply.statusCode === 404) return void reply.resume();
      // A store that does not know ranges, or knows them otherwise, would send more than what was promised.
      if (range && !reply.headers['content-range']?.startsWith(`bytes ${range.start}-${range.end}/`))
        throw troubleIn(reply, `${key} did not come in parts`);
      return reply;
    },
    async has(key, signal) {
      const reply = await line.ask({ method: 'HEAD', path: mustBeKey(key), hash: NOTHING, signal }, MISSING);
      reply.resume();
      return reply.statusCode !== 404;
    },
    remove: async (key, signal) =>
      emptied(line.ask({ method: 'DELETE', path: mustBeKey(key), hash: NOTHING, signal }, MISSING)),
    list: (kind) => listBucket(line, kind),
    answers: async () => void (await page(line, 'media', undefined, 1)),
    claim: async (owner) => (await claimOf(line)) ?? claimFirst(line, owner),
    close: line.close,
  };
}
const MISSING = [404];

/** What stands behind the owner of a store in which objects were that nobody had claimed. */
const UNSWEPT = ' unswept';

async function claimOf(line: BucketLine): Promise<Claim | undefined> {
  const reply = await line.ask({ method: 'GET', path: OWNER, hash: NOTHING }, MISSING);
  const said = (await textOf(reply)).trim();
  if (reply.statusCode === 404) return undefined;
  return { owner: said.replace(UNSWEPT, ''), mayBeSwept: !said.endsWith(UNSWEPT) };
}

/** Somebody else has just claimed it; or it knows no such condition, and then whoever came last has. */
const [TAKEN, UNKNOWN] = [[409, 412], 501];

/** Two may come at once: the store takes the word of one, and both read whose it was. */
async function claimFirst(line: BucketLine, owner: string): Promise<Claim> {
  const bytes = Buffer.from(`${owner}${(await isEmpty(line)) ? '' : UNSWEPT}`);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const wish = { method: 'PUT', path: OWNER, hash, length: bytes.length, body: () => bytes } as const;
  const reply = await line.ask({ ...wish, headers: { 'if-none-match': '*' } }, [...TAKEN, UNKNOWN]);
  await textOf(reply);
  if (reply.statusCode === UNKNOWN) await emptied(line.ask(wish));
  const claim = await claimOf(line);
  if (!claim) throw new ObjectsTrouble(new Error('the store did not keep whose it is'));
  return claim;
}

const KINDS: readonly ObjectKind[] = ['media', 'jobs', 'photos', 'uploads'];

async function isEmpty(line: BucketLine): Promise<boolean> {
  for (const kind of KINDS) if ((await page(line, kind, undefined, 1)).objects.length > 0) return false;
  return true;
}

function troubleIn(reply: Readable, message: string): ObjectsTrouble {
  reply.destroy();
  return new ObjectsTrouble(new Error(message));
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Waits for the end of an answer that says nothing. */
const emptied = async (asked: ReturnType<BucketLine['ask']>): Promise<void> => void (await textOf(await asked));

const MOST_TEXT = 16_000_000;

async function textOf(reply: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of reply) {
      length += piece.length;
      if (length > MOST_TEXT) throw new Error('the store says too much');
      pieces.push(piece);
    }
  } catch (error) {
    throw new ObjectsTrouble(error);
  }
  return Buffer.concat(pieces).toString('utf8');
}

async function* listBucket(line: BucketLine, kind: ObjectKind): AsyncGenerator<KeptObject> {
  let from: string | undefined;
  do {
    const { objects, next } = await page(line, kind, from, 1_000);
    yield* objects;
    from = next;
  } while (from !== undefined);
}

async function page(line: BucketLine, kind: ObjectKind, from: string | undefined, size: number) {
  const query = {
    ...{ 'list-type': '2', prefix: `${kind}/`, 'max-keys': String(size) },
    ...(from ? { 'continuation-token': from } : {}),
  };
  const text = await textOf(await line.ask({ method: 'GET', path: '', query, hash: NOTHING }));
  if (!/<ListBucketResult\b/.test(text)) throw new ObjectsTrouble(new Error('the store answered with no list'));
  const objects = [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry = '']): KeptObject[] => {
    const [key, at] = [inTag(entry, 'Key'), new Date(inTag(entry, 'LastModified'))];
    return isObjectKey(key) && !Number.isNaN(at.getTime()) ? [{ key, at }] : [];
  });
  return { objects, next: inTag(text, 'NextContinuationToken') || undefined };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Of lists of ours: keys have no character that XML says otherwise, tokens may. */
const inTag = (xml: string, tag: string): string =>
  (new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '').replaceAll(
    /&(\w+);/g,
    (whole, name: string) => ENTITIES[name] ?? whole,
  );
