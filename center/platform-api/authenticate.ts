import type { FastifyRequest } from 'fastify';
import { loginOf, programOf, refuseProgram } from '../accounts/index.ts';
import type { Center } from '../base/index.ts';
import { bearerToken, isSecure, strangerOf } from '../http/index.ts';
import type { ActingAccount, Stranger } from '../tenants/index.ts';

export type Asker = { readonly actor: ActingAccount | Stranger; readonly byToken: boolean };
export type WhoAsks = (center: Center, request: FastifyRequest) => Promise<Asker>;

const COOKIE = 'exam_platform';
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

/** Until the browser closes, or the center says that the session is over. */
export const loginCookie = (secret: string, request: FastifyRequest): string =>
  `${COOKIE}=${secret}; ${ATTRIBUTES}${isSecure(request) ? '; Secure' : ''}`;

export const endedCookie = `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;

export const loginIn = (cookie: string | undefined): string | undefined =>
  cookie?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,128})`))?.[1];

/**
 * Who asks: by the cookie of a log-in, or by the token of a program; a stranger where it is neither.
 * @throws Refusal `unauthorised` where a token is shown that is nobody's; TryLater
 */
export async function whoAsks({ db, now }: Center, request: FastifyRequest): Promise<Asker> {
  const { authorization, cookie } = request.headers;
  const stranger = strangerOf(request);
  const token = bearerToken(authorization);
  const secret = token === undefined ? loginIn(cookie) : undefined;
  const known = token === undefined ? secret && (await loginOf(db, secret, now())) : await programOf(db, token, now());
  if (token !== undefined && !known) return refuseProgram(db, now(), request.ip, token);
  if (!known) return { actor: stranger, byToken: false };
  return { actor: { kind: 'account', ...known, address: stranger.address }, byToken: token !== undefined };
}
