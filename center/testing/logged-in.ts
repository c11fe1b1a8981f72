import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { OrganisationKind } from '../../contract/platform/organisations.ts';
import type { Role } from '../../contract/platform/roles.ts';
import type { Queries } from '../database/index.ts';
import { cookieOf, FROM_HERE } from './home.ts';

/** Somebody at the pages of the platform, or nobody yet. */
export type Person = {
  readonly cookie: string;
  readonly id: string;
  get(url: string): Promise<LightMyRequestResponse>;
  send(method: 'POST' | 'PUT' | 'DELETE', url: string, payload?: object): Promise<LightMyRequestResponse>;
};

/** Whoever has this cookie; from an address of their own, so that nobody waits for what another guessed. */
export function personAt(app: FastifyInstance, cookie = '', id = '', remoteAddress = '127.0.0.1'): Person {
  const headers = { ...FROM_HERE, ...(cookie ? { cookie } : {}) };
  return {
    ...{ cookie, id },
    get: (url) => app.inject({ url, headers, remoteAddress }),
    send: (method, url, payload = {}) =>
      app.inject({ method, url, headers, remoteAddress, ...(method === 'DELETE' ? {} : { payload }) }),
  };
}

/** Whoever a reply has logged in. */
export function loggedIn(app: FastifyInstance, reply: LightMyRequestResponse): Person {
  const { step, me } = reply.json<{ step: string; me?: { id: string } }>();
  if (step !== 'done' || !me) throw new Error(`nobody is logged in: ${reply.body}`);
  return personAt(app, cookieOf(reply), me.id);
}

export const PASSWORD = '春风又绿江南岸，明月何时';

/** The first account of an empty center, by the code in its data folder. */
export async function setUpAt({
  app,
  center: { data },
}: {
  readonly app: FastifyInstance;
  readonly center: { readonly data: string };
}): Promise<Person> {
  const { code } = JSON.parse(await readFile(join(data, 'set-up.json'), 'utf8'));
  const wish = { code, name: '全市安全考试平台', login: 'chief', person: '总管', password: PASSWORD };
  return loggedIn(app, await personAt(app).send('POST', '/v1/platform/set-up', wish));
}

/** A place in the tree, below another. */
export async function addPlace(
  db: Queries,
  id: string,
  kind: OrganisationKind,
  above: readonly string[] = [],
  state = 'approved',
): Promise<string> {
  const path = ['og_platform', ...above, id].map((one) => `${one}/`).join('');
  const sql =
    'INSERT INTO organisations (id, kind, parent_id, path, name, state, created_at) VALUES ($1, $2, $3, $4, $5, $6, now())';
  await db.query(sql, [id, kind, above.at(-1) ?? 'og_platform', path, `名 ${id}`, state]);
  return id;
}

export const roleAt = (role: Role, organisationId: string) => ({ role, organisationId });

/** Invites somebody, who comes. */
export async function joinAt(
  app: FastifyInstance,
  by: Person,
  login: string,
  ...roles: readonly object[]
): Promise<Person> {
  const invited = await by.send('POST', '/v1/platform/accounts', { login, name: `人 ${login}`, roles });
  const { secret } = invited.json<{ secret?: string }>();
  if (!secret) throw new Error(`not invited: ${invited.body}`);
  return loggedIn(
    app,
    await personAt(app).send('POST', '/v1/platform/invitations/accept', { secret, password: PASSWORD }),
  );
}
