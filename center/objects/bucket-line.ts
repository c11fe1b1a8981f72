import { once } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import { ObjectsTrouble } from './trouble.ts';

/** A bucket, and as whom it is asked. */
export type StoreWish = {
  /** Of the bucket: `https://host/bucket`, or `https://bucket.host`. */
  readonly url: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
  /** Who vouches for its certificate (PEM), beside those that Node knows. */
  readonly ca?: string | undefined;
};

export type BucketAsk = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Below the bucket; of letters that stand in an address as they are. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hex: it is signed with the rest. */
  readonly hash: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly length?: number;
  /** The body, from its beginning, each time it is asked for. */
  readonly body?: () => Uint8Array | Readable;
  /** Once it says so nobody waits any more. */
  readonly signal?: AbortSignal | undefined;
};

export type BucketLine = {
  /**
   * An answer, whose body is to be read or let go.
   * @param also statuses besides those of success that are an answer
   * @throws Refusal `objects-away`
   */
  ask(asked: BucketAsk, also?: readonly number[]): Promise<IncomingMessage>;
  close(): void;
};

/** So long nothing is heard of it before it counts as away; waiting for a connection counts, and an answer that only trickles. */
const SILENT_MS = 15_000;
/** Whoever watches a film reads on when they need more of it. */
const STILL_MS = 600_000;
const AGENT = { keepAlive: true, maxSockets: 32, timeout: 60_000 };
/** Films are read as slowly as people watch them, each over a connection: nobody else waits for one of those. */
const READERS = { ...AGENT, maxSockets: 2_048 };

/**
 * A line to a bucket. Requests are signed (AWS Signature Version 4) by aws4fetch and sent by Node's own client, which streams in
 * both directions, takes an authority of one's own, and follows no redirect to elsewhere.
 */
export function openBucketLine(
  { url, region, keyId, secret, ca }: StoreWish,
  silentMs: number = SILENT_MS,
): BucketLine {
  const isHttps = url.startsWith('https:');
  const agentOf = (options: typeof AGENT) =>
    isHttps ? new HttpsAgent({ ...options, ...(ca ? { ca } : {}) }) : new HttpAgent(options);
  const [agent, readers] = [agentOf(AGENT), agentOf(READERS)];
  const base = url.replace(/\/$/, '');
  const cache = new Map<string, ArrayBuffer>();
  const signed = async ({ method, path, query = {}, hash, headers = {} }: BucketAsk) => {
    const at = new URL(path ? `${base}/${path}` : base);
    for (const [name, value] of Object.entries(query)) at.searchParams.set(name, value);
    const signer = new AwsV4Signer({
      ...{ method, url: at.href, service: 's3', region, accessKeyId: keyId, secretAccessKey: secret, cache },
      headers: { ...headers, 'x-amz-content-sha256': hash },
    });
    return signer.sign();
  };
  const send = async (asked: BucketAsk): Promise<IncomingMessage> => {
    const { url: at, headers } = await signed(asked);
    const asking = (isHttps ? httpsRequest : httpRequest)(at, {
      ...{ method: asked.method, agent: asked.method === 'GET' ? readers : agent, timeout: silentMs },
      ...(asked.signal ? { signal: asked.signal } : {}),
      headers: {
        ...Object.fromEntries(headers),
        ...(asked.length === undefined ? {} : { 'content-length': asked.length }),
      },
    });
    // It may break as well while its answer is read, which whoever reads hears of: an error that nobody hears ends this process.
    asking.on('error', () => undefined);
    let isLate = false;
    const giveUp = (): void => {
      isLate = true;
      asking.destroy(new Error('the store says nothing'));
    };
    asking.once('timeout', giveUp);
    const deadline = setTimeout(giveUp, silentMs);
    // A body takes as long as it takes, as long as it moves.
    if (asked.body) asking.once('socket', () => clearTimeout(deadline));
    const answered = once(asking, 'response')
      .then(([reply]) => {
        asking.setTimeout(STILL_MS);
        return reply as IncomingMessage;
      })
      .finally(() => clearTimeout(deadline));
    const body = asked.body?.();
    if (body === undefined || body instanceof Uint8Array) asking.end(body);
    // Where it breaks off the answer fails as well, or is there already and says why.
    else pipeline(body, asking).catch((error: Error) => asking.destroy(error));
    return answered.catch((error) => {
      throw asking.reusedSocket && !isLate ? new Reused(error) : error;
    });
  };
  return {
    async ask(asked, also = []) {
      const reply = await send(asked)
        // A connection that was kept may have ended meanwhile, which is nobody's fault: asked again, it comes to the same.
        .catch((error) => (error instanceof Reused ? send(asked) : Promise.reject(error)))
        .catch((error: unknown) => {
          throw new ObjectsTrouble(error);
        });
      const { statusCode = 0 } = reply;
      if ((statusCode >= 200 && statusCode < 300) || also.includes(statusCode)) return reply;
      reply.destroy();
      throw new ObjectsTrouble(new Error(`${asked.method} of an object was answered with ${statusCode}`));
    },
    close() {
      for (const one of [agent, readers]) one.destroy();
    },
  };
}

class Reused extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}
