import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { signedInWith } from '../home/index.ts';
import { isFromHere, isSecure } from '../http/index.ts';
import { actingAs, type Learner } from '../tenants/index.ts';

const KEY = 'learner';
const COOKIE = 'exam_home';
const ATTRIBUTES = 'Path=/home; HttpOnly; SameSite=Strict';
/** As long as browsers keep one. When a session ends, the center says: 30 days after it was last used. */
const AGE_SECONDS = 400 * 24 * 3_600;

export const sessionCookie = (session: string, request: FastifyRequest): string =>
  `${COOKIE}=${session}; ${ATTRIBUTES}; Max-Age=${AGE_SECONDS}${isSecure(request) ? '; Secure' : ''}`;

export const endedCookie = `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;

export const sessionIn = (cookie: string | undefined): string | undefined =>
  cookie?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,128})`))?.[1];

/**
 * Lets in who is signed in at home, by their cookie; what changes anything has to come from the pages themselves.
 * @throws Refusal `unauthorised`, `origin-refused`, before a body is read
 */
export function authenticate(app: FastifyInstance, { db, now }: Center): void {
  app.decorateRequest(KEY, null);
  app.addHook('onRequest', async (request) => {
    const session = sessionIn(request.headers.cookie);
    const whose = session && (await signedInWith(db, session, now()));
    if (!whose) throw new Refusal('unauthorised', 'nobody is signed in');
    if (request.method === 'POST' && !isFromHere(request)) throw new Refusal('origin-refused');
    const learner: Learner = { kind: 'learner', ...whose };
    request.setDecorator(KEY, actingAs(learner));
  });
}

/** Who sent a request that was let in. */
export const learnerOf = (request: FastifyRequest): Learner => request.getDecorator<Learner>(KEY);
