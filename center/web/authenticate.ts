import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../contract/words/reasons.ts';
import { operatorOfToken, sessionAtPages } from '../accounts/index.ts';
import type { Center } from '../base/index.ts';
import { bearerToken, bytesOf, isFromHere, isSecure } from '../http/index.ts';
import {
  type Administrator,
  actingAs,
  administratorOfToken,
  formTokenOf,
  guarded,
  type Operator,
  ofAddress,
  openPageSession,
  refuseToken,
  signOut,
  type Visitor,
} from '../tenants/index.ts';

const COOKIE = 'exam_center';
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

/** Whoever is in front of the pages, and what the forms of theirs hold. */
export type SignedIn = {
  readonly actor: Visitor | Administrator;
  /** Of the session; none of scripts, which show a token and send no forms. */
  readonly secret?: string | undefined;
  readonly formToken?: string | undefined;
};

/**
 * Who is looking: by the session in the cookie, or for scripts by an `Authorization: Bearer` header.
 * @throws Refusal `unauthorised` where the header holds a token that is nobody's; TryLater
 */
export async function authenticate({ db, now }: Center, request: FastifyRequest): Promise<SignedIn | undefined> {
  const { authorization, cookie } = request.headers;
  const token = bearerToken(authorization);
  if (token !== undefined) {
    const actor = await actorWith({ db, now }, request, token);
    return actor ? { actor: actingAs(actor) } : refuseToken(db, now(), request.ip);
  }
  const secret = secretIn(cookie);
  const session = secret && (await sessionAtPages(db, secret, now()));
  if (!session) return undefined;
  const { id, tenantId, token: by } = session;
  const shown = { token: by, address: request.ip, session: id };
  return { actor: actingAs(actorFor(tenantId, shown)), secret, formToken: formTokenOf(secret) };
}

const secretIn = (cookie: string | undefined): string | undefined =>
  cookie?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,128})`))?.[1];

type Shown = Pick<Visitor, 'token' | 'address' | 'session'>;

/** Of a firm, or of the center itself. */
const actorFor = (tenantId: Visitor['tenantId'] | null, { session, ...shown }: Shown): Visitor | Administrator =>
  tenantId === null
    ? { kind: 'administrator', ...shown }
    : { kind: 'visitor', tenantId, ...shown, ...(session ? { session } : {}) };

async function actorWith(
  { db, now }: Pick<Center, 'db' | 'now'>,
  { ip: address }: FastifyRequest,
  token: string,
): Promise<Visitor | Administrator | undefined> {
  const known = await operatorOfToken(db, token, now());
  if (known) return actorFor(known.tenantId, { token: known.token, address });
  const id = await administratorOfToken(db, token);
  return id && actorFor(null, { token: id, address });
}

/**
 * Swaps a token for a session, another one than there was before.
 * @returns who it is, or `undefined` where the token is nobody's
 * @throws TryLater
 */
export async function signIn(
  { db, now }: Center,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<SignedIn['actor'] | undefined> {
  const before = secretIn(request.headers.cookie);
  try {
    const actor = await guarded(db, now(), [ofAddress('sign-in', request.ip)], ['unauthorised'], async () => {
      const known = await actorWith({ db, now }, request, token);
      if (!known) throw new Refusal('unauthorised');
      return known;
    });
    if (before !== undefined) await signOut(actor, db, before, now());
    const { secret } = await openPageSession(actor, db, now());
    reply.header('set-cookie', `${COOKIE}=${secret}; ${ATTRIBUTES}${isSecure(request) ? '; Secure' : ''}`);
    return actor;
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'unauthorised') return undefined;
    throw error;
  }
}

/** Ends the session in the database, so that no copy of the cookie opens anything. */
export async function leave({ db, now }: Center, reply: FastifyReply, { actor, secret }: SignedIn): Promise<void> {
  if (secret !== undefined) await signOut(actor, db, secret, now());
  reply.header('set-cookie', `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`);
}

/** @throws Refusal `origin-refused` where no page of this center sent it */
export function mustBeFromHere(request: FastifyRequest): void {
  if (!isFromHere(request)) throw new Refusal('origin-refused', 'no page of this center sent it');
}

/** The fields of a form that was sent. */
export const formOf = (request: FastifyRequest): URLSearchParams => new URLSearchParams(bytesOf(request).toString());

/** @throws Refusal `origin-refused` where the form is none of this session's pages */
export function mustBeOwnForm(request: FastifyRequest, { formToken }: SignedIn): void {
  mustBeFromHere(request);
  if (formToken === undefined || formOf(request).get('form') !== formToken)
    throw new Refusal('origin-refused', 'it is no form of this session');
}

/** What a page changes, it does as the operator whose token it was opened with. For what a form of these very pages sends. */
export const asOperator = ({ tenantId, token, address }: Visitor): Operator => ({
  kind: 'operator',
  tenantId,
  token,
  address,
});
