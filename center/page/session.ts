import type { IncomingHttpHeaders } from 'node:http';
import type { TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { bearerToken } from '../http/bearer-token.ts';
import { tenantOfToken } from '../roster/tenants.ts';

const COOKIE = 'exam_center';
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

/** A session cookie that holds the operator token; `secure` where the page came over HTTPS. */
export const sessionCookie = (token: string, secure: boolean): string =>
  `${COOKIE}=${token}; ${ATTRIBUTES}${secure ? '; Secure' : ''}`;

export const endedCookie = `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;

/** The tenant whose records this request may see: by the cookie, or for scripts by an `Authorization: Bearer` header. */
export async function tenantOfVisitor(
  db: Queries,
  { cookie, authorization }: IncomingHttpHeaders,
): Promise<TenantId | undefined> {
  const token = bearerToken(authorization) ?? cookie?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,128})`))?.[1];
  return token === undefined ? undefined : tenantOfToken(db, token);
}
