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

/** So long nothing is heard of it before it counts as away. */
const SILENT_MS = 15_000;
/** Whoever watches a film reads on when they need more of it. */
const STILL_MS = 600_000;
const AGENT = { keepAlive: true, maxSockets: 32, timeout: 60_000 };

/**
 * A line to a bucket. Requests are signed (AWS Signature Version 4) by aws4fetch and sent by Node's own client, which streams in
 * both directions, takes an authority of one's own, and follows no redirect to elsewhere.
 */
export function openBucketLine({ url, region, keyId, secret, ca }: StoreWish): BucketLine {
  const isHttps = url.startsWith('https:');
  const agent = isHttps ? new HttpsAgent({ ...AGENT, ...(ca ? { ca } : {}) }) : new HttpAgent(AGENT);
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
      ...{ method: asked.method, agent, timeout: SILENT_MS },
      headers: {
        ...Object.fromEntries(headers),
        ...(asked.length === undefined ? {} : { 'content-length': asked.length }),
      },
    });
    asking.once('timeout', () => asking.destroy(new Error('the store says nothing')));
    const answered = once(asking, 'response').then(([reply]) => {
      asking.setTimeout(STILL_MS);
      return reply as IncomingMessage;
    });
    const body = asked.body?.();
    if (body === undefined || body instanceof Uint8Array) asking.end(body);
    // Where it breaks off the answer fails as well, or is there already and says why.
    else pipeline(body, asking).catch((error: Error) => asking.destroy(error));
    return answered.catch((error) => {
      throw asking.reusedSocket ? new Reused(error) : error;
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
    close: () => agent.destroy(),
  };
}

class Reused extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}
