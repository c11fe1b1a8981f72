import type { FastifyInstance } from 'fastify';
import { accountEndpoints as at } from '../../contract/platform/accounts.ts';
import {
  acceptInvitation,
  addPasskey,
  addProgram,
  answerFactor,
  askForPasskey,
  beginPasskey,
  beginTotp,
  changePassword,
  confirmTotp,
  endAccount,
  endLogin,
  endProgram,
  invite,
  isSetUp,
  listAccounts,
  listLogins,
  listPrograms,
  logIn,
  logOut,
  myself,
  platformName,
  readInvitation,
  recoverAccount,
  setRoles,
  setUp,
} from '../accounts/index.ts';
import type { Center } from '../base/index.ts';
import { endedCookie } from './authenticate.ts';
import { fromOf, siteOf, tell } from './opened.ts';
import { serve } from './serve.ts';

const DONE = { ok: true } as const;

/**
 * People who log in, and what they keep of themselves.
 * @param cityPath where a city's own log-in begins; `null` where there is none
 */
export function accountRoutes(app: FastifyInstance, center: Center, cityPath: string | null): void {
  frontDoor(app, center, cityPath);
  ownRoutes(app, center);
  sessionRoutes(app, center);
  peopleRoutes(app, center);
  programRoutes(app, center);
}

function frontDoor(app: FastifyInstance, center: Center, cityPath: string | null): void {
  const { db } = center;
  serve(app, center, at.welcome, async () => ({
    ...{ name: await platformName(db), isSetUp: await isSetUp(db), oidc: cityPath },
  }));
  serve(app, center, at.setUp, async (call) =>
    tell(call, await setUp(call.actor, center, call.body, fromOf(call.request))),
  );
  serve(app, center, at.logIn, async (call) =>
    tell(call, await logIn(call.actor, center, call.body, fromOf(call.request))),
  );
  serve(app, center, at.factor, async (call) =>
    tell(call, await answerFactor(call.actor, center, call.body, fromOf(call.request), siteOf(call.request))),
  );
  serve(app, center, at.passkeyQuestion, ({ actor, body, request }) =>
    askForPasskey(actor, center, body.ticket, siteOf(request)),
  );
  serve(app, center, at.invitation, ({ actor, body }) => readInvitation(actor, center, body.secret));
  serve(app, center, at.accept, async (call) =>
    tell(call, await acceptInvitation(call.actor, center, call.body, fromOf(call.request))),
  );
}

function ownRoutes(app: FastifyInstance, center: Center): void {
  const { db } = center;
  serve(app, center, at.me, async ({ actor }) => ({ ...(await myself(db, actor.id)), roles: actor.roles }));
  serve(app, center, at.changePassword, async ({ actor, body }) => {
    await changePassword(actor, center, body);
    return DONE;
  });
  serve(app, center, at.beginTotp, ({ actor }) => beginTotp(actor, center));
  serve(app, center, at.confirmTotp, async ({ actor, body }) => ({
    recovery: await confirmTotp(actor, center, body.totp),
  }));
  serve(app, center, at.beginPasskey, async ({ actor, request }) => ({
    options: await beginPasskey(actor, center, siteOf(request)),
  }));
  serve(app, center, at.addPasskey, async ({ actor, body, request }) => {
    await addPasskey(actor, center, body, siteOf(request));
    return DONE;
  });
}

function sessionRoutes(app: FastifyInstance, center: Center): void {
  const { db, now } = center;
  serve(app, center, at.logOut, async ({ actor, reply }) => {
    await logOut(actor, db);
    reply.header('set-cookie', endedCookie);
    return DONE;
  });
  serve(app, center, at.sessions, async ({ actor }) => ({ sessions: await listLogins(actor, db, now()) }));
  serve(app, center, at.endSession, async ({ actor, params }) => {
    await endLogin(actor, db, params.id);
    return DONE;
  });
}

function peopleRoutes(app: FastifyInstance, center: Center): void {
  const { db, now } = center;
  serve(app, center, at.list, ({ actor, query }) => listAccounts(actor, db, query));
  serve(app, center, at.invite, ({ actor, body }) => invite(actor, db, body, now()));
  serve(app, center, at.setRoles, ({ actor, params, body }) => setRoles(actor, db, params.id, body.roles));
  serve(app, center, at.end, ({ actor, params }) => endAccount(actor, db, params.id, now()));
  serve(app, center, at.recover, async ({ actor, params }) => ({
    secret: await recoverAccount(actor, db, params.id, now()),
  }));
}

function programRoutes(app: FastifyInstance, center: Center): void {
  const { db, now } = center;
  serve(app, center, at.tokens, async ({ actor }) => ({ tokens: await listPrograms(actor, db) }));
  serve(app, center, at.addToken, ({ actor, body }) => addProgram(actor, db, body, now()));
  serve(app, center, at.endToken, async ({ actor, params }) => {
    await endProgram(actor, db, params.id, now());
    return DONE;
  });
}
