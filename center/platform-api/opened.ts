import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LoginStep } from '../../contract/platform/accounts.ts';
import type { From, Site, Step } from '../accounts/index.ts';
import { addressOf } from '../http/index.ts';
import { loginCookie, loginIn } from './authenticate.ts';

/** Where somebody logs in from: what their browser says of itself is shown to them among their sessions. */
export const fromOf = ({ headers }: FastifyRequest): From => ({
  ...{ browser: headers['user-agent'] ?? '', before: loginIn(headers.cookie) },
});

export const siteOf = (request: FastifyRequest): Site => ({ origin: addressOf(request) });

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** The session goes into the cookie, and nowhere else. */
export function tell({ request, reply }: Exchange, step: Step): LoginStep {
  if (step.step === 'factor') return step;
  reply.header('set-cookie', loginCookie(step.secret, request));
  return { step: 'done', me: step.me };
}
