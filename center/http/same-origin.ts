import type { FastifyRequest } from 'fastify';

type Asked = Pick<FastifyRequest, 'headers' | 'protocol'>;

/**
 * Whether a request comes from a page of this very address. Browsers of today say so themselves, also where something in
 * between has changed the host; of an older one its `Origin` has to name the host that was asked. Whoever says neither is
 * no browser, and refused.
 */
export function isFromHere({ headers }: Asked): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.host !== undefined && originOf(headers.origin)?.host === headers.host;
}

/** Whether the page came by HTTPS, to this program or to what stands before it. */
export const isSecure = ({ headers, protocol }: Asked): boolean =>
  protocol === 'https' || originOf(headers.origin)?.protocol === 'https:';

function originOf(origin: string | undefined): URL | undefined {
  return origin && URL.canParse(origin) ? new URL(origin) : undefined;
}

/** Under which address somebody found this center: what their browser says, or else what they asked for. */
export const addressOf = ({ headers, protocol }: Asked): string =>
  originOf(headers.origin)?.origin ?? `${protocol}://${headers.host ?? 'localhost'}`;
