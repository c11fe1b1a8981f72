import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { PackageHost } from '../../../courseware/index.ts';

/**
 * Answers what is asked on the origin of a package. Nothing there is the station's: no page, no film, no line to it. No
 * package may put a program between itself and this (a service worker).
 */
export async function servePackage(
  packages: PackageHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url = '', headers } = request;
  if (method !== 'GET' || headers['service-worker'] !== undefined) return void response.writeHead(405).end();
  try {
    const answer = await packages.answer(url.split('?')[0] ?? '', headers.range);
    response.writeHead(answer.status, answer.headers);
    if (answer.body) await pipeline(answer.body, response);
    else response.end();
  } catch {
    // Who winds a film on hangs up; and what breaks off in the middle is no whole file.
    response.destroy();
  }
}
