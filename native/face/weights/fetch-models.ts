import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../../../contract/words/reasons.ts';

/** One file of weights as the manifest names it. */
export type WantedModel = {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Where its publisher keeps it; absent where nobody publishes these bytes. */
  readonly source?: string | undefined;
};

export type FetchOutcome = 'there' | 'fetched' | 'unpublished';

const SILENT_MS = 30_000;

/**
 * Brings one file of weights into a folder. What was cut off goes on where it stopped. A file gets its name only once every
 * byte is there and its SHA-256 is right, so what has the name is whole.
 * @param mirror folder address to take it from instead of its publisher
 * @param onProgress bytes so far
 * @throws Refusal `download-failed` (what came is kept for the next try) or `models-altered` (it is thrown away)
 */
export async function fetchModel(
  model: WantedModel,
  folder: string,
  mirror: string | undefined,
  onProgress: (bytes: number) => void,
): Promise<FetchOutcome> {
  const path = join(folder, model.file);
  if (existsSync(path) && (await digestOf(path)) === model.sha256) return 'there';
  const source = mirror ? `${mirror.replace(/\/$/, '')}/${model.file}` : model.source;
  if (!source) return 'unpublished';
  mkdirSync(folder, { recursive: true });
  const part = `${path}.part`;
  await download(source, part, model.bytes, onProgress);
  if ((await digestOf(part)) !== model.sha256) {
    rmSync(part);
    throw new Refusal('models-altered', source);
  }
  renameSync(part, path);
  return 'fetched';
}

async function download(source: string, part: string, bytes: number, onProgress: (bytes: number) => void) {
  const kept = existsSync(part) ? statSync(part).size : 0;
  if (kept === bytes) return;
  // More than there should be is no beginning of it.
  const have = kept < bytes ? kept : 0;
  const silence = new AbortController();
  const alarm = setTimeout(() => silence.abort(new Error(`silent for ${SILENT_MS / 1000} s`)), SILENT_MS);
  try {
    const headers = have > 0 ? { range: `bytes=${have}-` } : {};
    const response = await request(source, headers, silence.signal);
    // A server that does not know ranges sends everything again.
    const goesOn = response.statusCode === 206;
    let so = goesOn ? have : 0;
    const counted = async function* (body: AsyncIterable<Uint8Array>) {
      for await (const piece of body) {
        so += piece.byteLength;
        if (so > bytes) throw new Error(`more than the ${bytes} bytes there should be`);
        alarm.refresh();
        onProgress(so);
        yield piece;
      }
    };
    await pipeline(response, counted, createWriteStream(part, { flags: goesOn ? 'a' : 'w' }));
    if (so < bytes) throw new Error(`${so} of ${bytes} bytes`);
  } catch (error) {
    throw new Refusal('download-failed', `${source}: ${causeOf(error)}`);
  } finally {
    clearTimeout(alarm);
  }
}

const MAX_REDIRECTS = 5;

/**
 * Node's own client: `fetch` of Node 24 ends the process where an HTTP/1.0 server closes while the disk is slow.
 * @throws Error where the answer is not 200 or 206
 */
async function request(
  source: string,
  headers: http.OutgoingHttpHeaders,
  signal: AbortSignal,
  redirects = 0,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { get } = source.startsWith('https:') ? https : http;
  get(source, { headers, signal }, resolve).on('error', reject);
  const response = await promise;
  const { statusCode = 0 } = response;
  if (statusCode === 200 || statusCode === 206) return response;
  response.destroy();
  const { location } = response.headers;
  if (statusCode >= 300 && statusCode < 400 && location && redirects < MAX_REDIRECTS)
    return request(new URL(location, source).href, headers, signal, redirects + 1);
  throw new Error(`status ${statusCode}`);
}

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
