import type { IncomingHttpHeaders } from 'node:http';
import type { Center } from '../base/index.ts';
import { bearerToken } from '../http/index.ts';
import { type Operator, tenantOfToken, type Visitor } from '../tenants/index.ts';

const COOKIE = 'exam_center';
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

/** A session cookie that holds the operator token; `secure` where the page came over HTTPS. */
export const sessionCookie = (token: string, secure: boolean): string =>
  `${COOKIE}=${token}; ${ATTRIBUTES}${secure ? '; Secure' : ''}`;

export const endedCookie = `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;

/** Whoever has an operator's token may see that operator's pages; `undefined` where it is nobody's. */
export async function visitorWith({ db }: Center, token: string): Promise<Visitor | undefined> {
  const tenantId = await tenantOfToken(db, token);
  return tenantId && { kind: 'visitor', tenantId };
}

/** Who is looking: by the cookie, or for scripts by an `Authorization: Bearer` header. */
export async function authenticate(
  center: Center,
  { cookie, authorization }: IncomingHttpHeaders,
): Promise<Visitor | undefined> {
  const token = bearerToken(authorization) ?? cookie?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,128})`))?.[1];
  return token === undefined ? undefined : visitorWith(center, token);
}

/** What a page changes, it does as the operator whose token it was opened with. For what a form of these very pages sends. */
export const asOperator = ({ tenantId }: Visitor): Operator => ({ kind: 'operator', tenantId });
