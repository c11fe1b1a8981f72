import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { headersFor } from './headers.ts';
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

/** Answers `app://station/` with the built page's files and nothing else. `onMissing` is told what was not there. */
export function openPageFiles(
  root: string,
  onMissing: (address: string) => void,
): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    const file = method === 'GET' ? resolvePageFile(root, url) : undefined;
    const bytes = file ? await readFile(file).catch(() => undefined) : undefined;
    if (file && bytes) return new Response(new Uint8Array(bytes), { headers: headersFor(file) });
    onMissing(url);
    return new Response('', { status: 404, headers: headersFor('missing.html') });
  };
}
