import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../contract/words/localized.ts';
import type { Center } from '../base/index.ts';
import type { Administrator, Visitor } from '../tenants/index.ts';
import { authenticate, type SignedIn } from './authenticate.ts';
import { languageOf } from './language.ts';
import { sendHtml } from './send-html.ts';
import { tokenPage } from './token-page.ts';

/** Who was let in, and in which language they look. */
export type Seen<A extends SignedIn['actor']> = SignedIn & { readonly actor: A; readonly locale: Locale };

type Show<A extends SignedIn['actor']> = (
  request: FastifyRequest,
  reply: FastifyReply,
  show: (seen: Seen<A>) => Promise<FastifyReply>,
) => Promise<FastifyReply>;

/** What whoever is of another kind, or nobody known, gets instead. */
type Instead = (
  request: FastifyRequest,
  reply: FastifyReply,
  kind: SignedIn['actor']['kind'] | undefined,
) => FastifyReply;

/** Lets in who is of that kind; whoever else is asked for a token, where a page has nothing else for them. */
const asKind =
  <A extends SignedIn['actor']>(kind: A['kind']) =>
  (center: Center, instead: Instead = (request, reply) => askForToken(request, reply)): Show<A> =>
  async (request, reply, show) => {
    const seen = await authenticate(center, request);
    if (seen?.actor.kind !== kind) return instead(request, reply, seen?.actor.kind);
    return show({ ...seen, locale: languageOf(request) } as Seen<A>);
  };

/** Somebody of a firm. Whoever runs the center for all firms is of none. */
export const asVisitor = asKind<Visitor>('visitor');
export const asAdministrator = asKind<Administrator>('administrator');

/** @param wrong whether one was shown that is nobody's */
export const askForToken = (request: FastifyRequest, reply: FastifyReply, wrong = false): FastifyReply =>
  sendHtml(reply, tokenPage(languageOf(request), wrong), 401);
