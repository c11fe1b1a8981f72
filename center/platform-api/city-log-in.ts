import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import {
  beginLinking,
  beginTrip,
  type CityPerson,
  endTrip,
  linkCity,
  logInFromCity,
  type Step,
  type Trip,
} from '../accounts/index.ts';
import type { Center } from '../base/index.ts';
import { addressOf, isFromElsewhere, isSecure, strangerOf } from '../http/index.ts';
import { fromOf, tell } from './opened.ts';
import { serve } from './serve.ts';

/** A city's own log-in (OpenID Connect), and what this center is there. */
export type CityLogInWish = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that is somebody's login here; without one, an account is linked by whoever is logged in to it. */
  readonly loginClaim?: string | undefined;
};
/** Where it begins. */
export const START = '/v1/platform/oidc/start';
const CALLBACK = '/v1/platform/oidc/callback';

/** Where the pages of the platform are: they ask who is logged in, or go on with a ticket behind the `#`. */
const PAGES = '/platform/';

const COOKIE = 'exam_platform_oidc';
/** Comes along from the city's log-in, as those of sessions do not. */
const ATTRIBUTES = 'Path=/v1/platform/oidc; HttpOnly; SameSite=Lax';
const tripCookie = (secret: string, request: FastifyRequest): string =>
  `${COOKIE}=${secret}; ${ATTRIBUTES}; Max-Age=600${isSecure(request) ? '; Secure' : ''}`;
const endedTrip = `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
const tripIn = (cookie: string | undefined): string =>
  cookie?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,128})`))?.[1] ?? '';

/** Somebody is sent to the city's log-in, and comes back as who they are there. */
export function cityRoutes(app: FastifyInstance, center: Center, city: CityLogInWish | undefined): void {
  const client = city && openClient(city);
  serve(app, center, accountEndpoints.linkOidc, async ({ actor, request, reply }) => {
    if (!client) throw new Refusal('method-unknown', 'this center knows no log-in of a city');
    const { url, trip } = await client.begin(request);
    reply.header('set-cookie', tripCookie(await beginLinking(actor, center, trip), request));
    return { url };
  });
  if (!client) return;
  app.get(START, async (request, reply) => {
    if (isFromElsewhere(request)) throw new Refusal('origin-refused');
    const { url, trip } = await client.begin(request);
    const secret = await beginTrip(strangerOf(request), center, trip);
    return reply.headers({ 'set-cookie': tripCookie(secret, request), 'cache-control': 'no-store' }).redirect(url);
  });
  app.get(CALLBACK, async (request, reply) => {
    reply.headers({ 'set-cookie': endedTrip, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    return reply.redirect(await comeBack(center, client, request, reply));
  });
}

/** @returns where the browser goes on; why it did not work is said there, in words */
async function comeBack(center: Center, client: Client, request: FastifyRequest, reply: FastifyReply): Promise<string> {
  try {
    const { linking, ...trip } = await endTrip(center, tripIn(request.headers.cookie));
    const person = await client.end(request, trip);
    const actor = strangerOf(request);
    if (linking) {
      await linkCity(actor, center, linking, person);
      return `${PAGES}#linked`;
    }
    const step: Step = await logInFromCity(actor, center, person, fromOf(request));
    const told = tell({ request, reply }, step);
    return told.step === 'done' ? PAGES : `${PAGES}#factor=${told.ticket}&factors=${told.factors.join(',')}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    request.log.info({ reason: error.reason, detail: error.detail }, 'refused');
    return `${PAGES}#refused=${error.reason}`;
  }
}

type Client = ReturnType<typeof openClient>;

function openClient({ issuer, clientId, clientSecret, loginClaim }: CityLogInWish) {
  let asked: Promise<oidc.Configuration> | undefined;
  /** Asked for when it is needed first, and again after it could not be reached. */
  const configuration = () => {
    asked ??= discover(issuer, clientId, clientSecret);
    asked.catch(() => {
      asked = undefined;
    });
    return asked;
  };
  return {
    async begin(request: FastifyRequest): Promise<{ readonly url: string; readonly trip: Trip }> {
      const trip = {
        ...{ state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() },
        returns: new URL(CALLBACK, addressOf(request)).href,
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        ...{ redirect_uri: trip.returns, scope: 'openid profile email', state: trip.state, nonce: trip.nonce },
        ...{ code_challenge: await oidc.calculatePKCECodeChallenge(trip.verifier), code_challenge_method: 'S256' },
      });
      return { url: url.href, trip };
    },
    async end(request: FastifyRequest, { state, nonce, verifier, returns }: Trip): Promise<CityPerson> {
      const url = new URL(returns);
      url.search = request.url.split('?')[1] ?? '';
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await answered(async () => oidc.authorizationCodeGrant(await configuration(), url, checks));
      const claims = tokens.claims();
      if (!claims) throw new Refusal('oidc-refused');
      return { issuer: claims.iss, subject: claims.sub, login: vouchedLogin(claims, loginClaim) };
    },
  };
}

/** An address that the city's log-in has not tried is anybody's word. */
function vouchedLogin(claims: Readonly<Record<string, unknown>>, claim: string | undefined): string | undefined {
  const login = claim && claims[claim];
  if (typeof login !== 'string' || (claim === 'email' && claims.email_verified !== true)) return undefined;
  return login;
}

const discover = (issuer: string, clientId: string, clientSecret: string): Promise<oidc.Configuration> => {
  const url = new URL(issuer);
  // Without TLS on this machine alone.
  const execute = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  return answered(() => oidc.discovery(url, clientId, clientSecret, undefined, { execute, timeout: 10 }));
};

/** What was wrong with an answer is for the log of whoever runs both; it holds no secret of either. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message?: string };
    throw new Refusal('oidc-refused', code ?? message);
  }
}
