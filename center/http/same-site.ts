import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request does not come from another site, by what its browser says. Programs that are no browsers say nothing, and
 * nobody's browser can be made to say nothing.
 */
export function isSameSite(headers: IncomingHttpHeaders, host: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
