import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Answered, Endpoint } from '../../contract/platform/endpoint.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { inShape, isFromHere, readJson } from '../http/index.ts';
import { readingBehind, withinReach } from '../organisations/index.ts';
import type { ActingAccount, Stranger } from '../tenants/index.ts';
import { type WhoAsks, whoAsks } from './authenticate.ts';
import { changedCookie, hasJustChanged } from './just-changed.ts';

/** What a handler is given: who asks, and what with, in the shapes that the endpoint names. */
export type Call<E, A = ActorOf<E>> = {
  readonly actor: A;
  readonly params: Shape<E, 'params'>;
  readonly query: Shape<E, 'query'>;
  readonly body: Shape<E, 'body'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};
type Shape<E, Part extends 'params' | 'query' | 'body'> = E extends { readonly [part in Part]?: infer S }
  ? S extends z.ZodType
    ? z.output<S>
    : undefined
  : undefined;
/** Where anyone may ask, whoever asks is a stranger or logged in. */
type ActorOf<E> = E extends { readonly who: 'anyone' } ? ActingAccount | Stranger : ActingAccount;

/** More than any form of these pages sends; an endpoint that takes files says so itself. */
const BODY = 4 * 1024 * 1024;

export type Serving = {
  /** In bytes. */
  readonly bodyLimit?: number;
  /** How it is found out who asks. */
  readonly who?: WhoAsks;
};

type Serve = <E extends Endpoint>(
  app: FastifyInstance,
  center: Center,
  one: E,
  handler: (call: Call<E>) => Promise<Answered<E>>,
  how?: Serving,
) => void;
type Bounds = <T>(actor: ActingAccount | Stranger, center: Center, work: () => Promise<T>) => Promise<T>;

/**
 * Answers endpoints: finds out who asks, refuses whom it is not for, reads what was sent in its shape, and sends the reply in its
 * own. A request that changes something has to come from a page of this center, or show a token.
 */
const serving =
  (bounds: Bounds): Serve =>
  (app, center, one, handler, { bodyLimit = BODY, who: find = whoAsks } = {}) => {
    const { method, path, who, params, query, body, reply: shape } = one;
    app.route({
      ...{ method, url: path, bodyLimit },
      handler: async (request, reply) => {
        const { actor, byToken } = await find(center, request);
        if (method !== 'GET' && !byToken && !isFromHere(request)) throw new Refusal('origin-refused');
        mustBeFor(actor, who);
        const call = {
          ...{ actor, request, reply },
          params: params && inShape(request.params, params),
          query: query && inShape(request.query, query),
          body: body && readJson(request, body),
        } as Parameters<typeof handler>[0];
        const mayLag = method === 'GET' && !byToken && !hasJustChanged(request);
        const answered = await readingBehind(mayLag, () => bounds(actor, center, () => handler(call)));
        // Whoever changes something reads it back, whichever program of this center they come to next.
        const { afterChangeSeconds } = center.db.replicas?.() ?? {};
        if (method !== 'GET' && afterChangeSeconds && !reply.sent)
          reply.header('set-cookie', changedCookie(afterChangeSeconds, request));
        // A handler that sends something else than JSON, a file above all, has done so.
        return reply.sent ? reply : reply.header('cache-control', 'no-store').send(shape.parse(answered));
      },
    });
  };

/** What is of firms beyond the reach of whoever asks is not there, also where a use case forgot to ask whose it is. */
export const serve: Serve = serving((actor, { db }, work) => withinReach(actor, db, work));

/**
 * For what is about the tree and who is what in it, or about several firms that are each other's guests: its use cases alone see to
 * it who sees what.
 */
export const serveTree: Serve = serving((_actor, _center, work) => work());

function mustBeFor(actor: ActingAccount | Stranger, who: Endpoint['who']): void {
  if (who === 'anyone') return;
  if (actor.kind !== 'account') throw new Refusal('unauthorised', 'log in first');
  if (who !== 'logged-in' && !actor.roles.some(({ role }) => who.includes(role)))
    throw new Refusal('unauthorised', 'this is for other roles');
}
