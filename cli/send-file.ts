import { createReadStream, statSync } from 'node:fs';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/**
 * Sends a file as the body of a PUT, as it is read from the disk: `fetch` would read ahead as fast as the disk is.
 * @throws Error where nobody answers
 */
export async function sendFile(to: URL, path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const { size } = statSync(path);
  const request = (to.protocol === 'https:' ? overHttps : overHttp)(to, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': size },
  });
  const answered = new Promise<Response>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      text(response).then((body) => resolve(new Response(body, { status: response.statusCode ?? 500 })), reject);
    });
  });
  // Whoever refuses may do so before all of it has arrived: what breaks then is told by the request, if nothing was said.
  pipeline(createReadStream(path), request).catch(() => undefined);
  return answered;
}
