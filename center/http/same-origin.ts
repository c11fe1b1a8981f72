import type { FastifyRequest } from 'fastify';

type Asked = Pick<FastifyRequest, 'headers' | 'host' | 'protocol'>;

/**
 * Whether a request that changes something comes from a page of this very address, by what its browser says: of today's by
 * `Sec-Fetch-Site`, of any by `Origin`, and neither may name another place. Whoever says neither is no browser, and refused.
 */
export function isFromHere(asked: Asked): boolean {
  const { origin, 'sec-fetch-site': site } = asked.headers;
  return (origin !== undefined || site === 'same-origin') && site !== 'none' && !isFromElsewhere(asked);
}

/**
 * Whether another site's page or link led here. An address that somebody typed is nobody's link, and old browsers say nothing of
 * where an address came from.
 */
export function isFromElsewhere({ headers, host }: Asked): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return origin !== undefined && originOf(origin)?.host !== host;
}

/** Whether the page came by HTTPS, to this program or to what stands before it. */
export const isSecure = ({ headers, protocol }: Asked): boolean =>
  protocol === 'https' || originOf(headers.origin)?.protocol === 'https:';

function originOf(origin: string | undefined): URL | undefined {
  return origin && URL.canParse(origin) ? new URL(origin) : undefined;
}

/** Under which address somebody found this center: what their browser says, or else what they asked for. */
export const addressOf = ({ headers, host, protocol }: Asked): string =>
  originOf(headers.origin)?.origin ?? `${protocol}://${host || 'localhost'}`;
