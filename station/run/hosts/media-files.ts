import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MEDIA_START_BYTES, mediaAnswer, mediaHashIn, mediaTypeOf, spanOf } from '../../../contract/page/media.ts';

/**
 * Answers what is asked of `/media/HASH`, in parts where parts are asked for. Only a page of this origin is told anything:
 * another one that is open in the same browser must not learn which courses are studied here.
 * @returns whether it was asked for such a thing
 */
export function serveMedia(folder: string, request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = '', headers } = request;
  if (!url.startsWith('/media/')) return false;
  const hash = mediaHashIn(url);
  const site = headers['sec-fetch-site'];
  const own = site === undefined || site === 'same-origin';
  if (!hash || !own || (method !== 'GET' && method !== 'HEAD')) response.writeHead(own ? 404 : 403).end();
  else
    send(join(folder, hash), headers.range, response, method === 'HEAD').catch(() => {
      // Whoever winds a film on hangs up on what was asked for before.
      if (!response.headersSent) response.writeHead(404);
      response.end();
    });
  return true;
}

async function send(
  path: string,
  range: string | undefined,
  response: ServerResponse,
  headOnly: boolean,
): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const span = spanOf(range, size);
    const { status, headers } = mediaAnswer(span, size, mediaTypeOf(await startOf(file)));
    response.writeHead(status, headers);
    if (headOnly || span === 'unsatisfiable' || size === 0) return void response.end();
    const { from, to } = span === 'whole' ? { from: 0, to: size - 1 } : span;
    await pipeline(file.createReadStream({ start: from, end: to, autoClose: false }), response);
  } finally {
    await file.close();
  }
}

async function startOf(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(MEDIA_START_BYTES), 0, MEDIA_START_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}
