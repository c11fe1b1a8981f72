import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { homePaths, invitationIn } from '../../contract/home/home-api.ts';
import { type HomeInvitation, operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { FirstRun } from '../../contract/words/programs.ts';

type Open = { readonly app: FastifyInstance; readonly secrets: FirstRun };

/** As a browser of today sends it from a page of this address. */
export const FROM_HERE = { 'sec-fetch-site': 'same-origin' };

export async function inviteAt({ app, secrets }: Open, number: string, token = secrets.operatorToken): Promise<string> {
  const reply = await app.inject({
    ...{ method: 'POST', url: operatorPaths.home, payload: { number } },
    headers: { authorization: `Bearer ${token}` },
  });
  const { hash } = new URL(reply.json<HomeInvitation>().path, 'https://center.example');
  return invitationIn(hash) ?? '';
}

export const enterAt = (
  { app }: Pick<Open, 'app'>,
  invitation: string,
  headers: Readonly<Record<string, string>> = FROM_HERE,
): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url: homePaths.sessions, payload: { invitation }, headers });

/** The cookie of a reply as a browser sends it back. */
export const cookieOf = (reply: LightMyRequestResponse): string =>
  String(reply.headers['set-cookie'] ?? '').split(';')[0] ?? '';

export type AtHome = {
  readonly cookie: string;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, payload?: object): Promise<LightMyRequestResponse>;
};

/** Somebody who opened their invitation. */
export async function signInAt(open: Open, number: string, token?: string): Promise<AtHome> {
  const cookie = cookieOf(await enterAt(open, await inviteAt(open, number, token)));
  const headers = { cookie, ...FROM_HERE };
  return {
    cookie,
    get: (url) => open.app.inject({ url, headers: { cookie } }),
    post: (url, payload = {}) => open.app.inject({ method: 'POST', url, payload, headers }),
  };
}
