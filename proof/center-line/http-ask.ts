import { type Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { Refusal } from '../../contract/words/reasons.ts';

export type Wish = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** A stream is read as fast as the line takes it; its length is said in the headers. */
  readonly body?: string | Uint8Array | Readable | undefined;
  readonly signal?: AbortSignal;
  /** Also a short answer is handed out while it comes: whoever reads it keeps what came where the rest does not. */
  readonly asItComes?: boolean;
};

type Body = ConstructorParameters<typeof Response>[0];

/** An answer that is no longer is here before anybody reads it: whoever does not care for it holds no connection. */
const SHORT_BYTES = 65_536;
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * One request over connections of this agent. Unlike `fetch` it goes nowhere else where it is told to (3xx is an answer), and
 * asks for nothing packed.
 * @throws Refusal what the agent said of a connection; `center-down` where nobody answers, or in the middle of a short answer
 */
export async function askOver(agent: HttpAgent, to: URL, wish: Wish = {}): Promise<Response> {
  const { method = 'GET', headers = {}, body, signal, asItComes = false } = wish;
  const length = typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : undefined;
  const request = (to.protocol === 'https:' ? overHttps : overHttp)(to, {
    ...{ agent, method },
    headers: { ...headers, ...(length === undefined ? {} : { 'content-length': length }) },
    ...(signal ? { signal } : {}),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', resolve);
  });
  // Whoever refuses may do so before all of it has arrived: what breaks then is told by the request, if nothing was said.
  if (body === undefined || length !== undefined) request.end(body);
  else pipeline(body as Readable, request).catch(() => undefined);
  try {
    return await responseOf(await answered, { method, short: asItComes ? 0 : SHORT_BYTES });
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('center-down', sentenceOf(error));
  }
}

type Reading = { readonly method: string; readonly short: number };

async function responseOf(message: IncomingMessage, { method, short }: Reading): Promise<Response> {
  const status = message.statusCode ?? 500;
  if (status < 200 || status > 599) throw new Error(`it answered ${status}`);
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) append(headers, message.rawHeaders, at);
  if (WITHOUT_BODY.has(status) || method === 'HEAD') {
    message.resume();
    return new Response(null, { status, headers });
  }
  const length = Number(message.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (length <= short) return new Response(Buffer.concat(await message.toArray()), { status, headers });
  // Node's and the browser's types of one and the same stream do not meet.
  return new Response(ReadableStream.from(message) as unknown as Body, { status, headers });
}

/** What Node lets pass and `Headers` does not is nothing that anybody here asks for. */
function append(headers: Headers, [...raw]: readonly string[], at: number): void {
  try {
    headers.append(raw[at] ?? '', raw[at + 1] ?? '');
  } catch {
    return;
  }
}

/** A connection that failed on every address of a host comes without a message of its own. */
function sentenceOf(error: unknown): string {
  const { message, code } = error as { readonly message?: string; readonly code?: string };
  return message || code || String(error);
}
