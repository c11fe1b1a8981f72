import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { MEDIA_START_BYTES, mediaAnswer, mediaHashIn, mediaTypeOf, spanOf } from '../../contract/page/media.ts';
import { headersFor, PAGE_HEADERS } from './headers.ts';
import { isOwnUrl } from './origin.ts';

/** A name of a file or a folder as the page's build writes them: no dot first, no separator, no stream, no NUL. */
const PLAIN_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * The file an address of the page stands for, or `undefined`. Names are decoded once and then have to be plain, so no
 * spelling of `..`, of a separator or of a drive gets past, on any operating system.
 */
export function resolvePageFile(root: string, address: string): string | undefined {
  const url = isOwnUrl(address) ? URL.parse(address) : null;
  const path = url ? decode(url.pathname) : undefined;
  if (path === undefined) return undefined;
  if (path === '' || path === '/') return join(root, 'index.html');
  const names = path.slice(1).split('/');
  return names.every((name) => PLAIN_NAME.test(name)) ? join(resolve(root), ...names) : undefined;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/**
 * Answers `app://station/` with the built page's files, with what courses show, and with nothing else.
 * @param media folder of what courses show, each file called by its hash
 * @param onMissing is told what was not there
 */
export function openPageFiles(
  root: string,
  media: string,
  onMissing: (address: string) => void,
): (request: Request) => Promise<Response> {
  return async ({ method, url, headers }) => {
    const shown = method === 'GET' ? await mediaResponse(media, url, headers.get('range')) : undefined;
    if (shown) return shown;
    const file = method === 'GET' ? resolvePageFile(root, url) : undefined;
    const bytes = file ? await readFile(file).catch(() => undefined) : undefined;
    if (file && bytes) return new Response(new Uint8Array(bytes), { headers: headersFor(file) });
    onMissing(url);
    return new Response('', { status: 404, headers: headersFor('missing.html') });
  };
}

/** A film or a document, in parts where parts are asked for; nothing where the address is of no such thing. */
async function mediaResponse(folder: string, address: string, range: string | null): Promise<Response | undefined> {
  const url = isOwnUrl(address) ? URL.parse(address) : null;
  const hash = url ? mediaHashIn(url.pathname) : undefined;
  const path = hash && join(folder, hash);
  const found = path && (await lookAt(path).catch(() => undefined));
  if (!found) return undefined;
  const { size, start } = found;
  const span = spanOf(range, size);
  const { status, headers } = mediaAnswer(span, size, mediaTypeOf(start));
  const { from, to } = span === 'whole' || span === 'unsatisfiable' ? { from: 0, to: size - 1 } : span;
  const body = span === 'unsatisfiable' || size === 0 ? null : createReadStream(path, { start: from, end: to });
  return new Response(body && (Readable.toWeb(body) as ReadableStream), {
    status,
    headers: { ...PAGE_HEADERS, ...headers },
  });
}

async function lookAt(path: string): Promise<{ readonly size: number; readonly start: Uint8Array }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(new Uint8Array(MEDIA_START_BYTES), 0, MEDIA_START_BYTES, 0);
    return { size, start: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
