import type { FastifyError } from 'fastify';
import { Busy, type Reason, Refusal, TryLater } from '../../contract/words/reasons.ts';

/** What a refusal looks like on the wire. */
export type ErrorReply = {
  readonly status: number;
  readonly body: { readonly reason: Reason; readonly detail?: string; readonly seconds?: number };
};

const STATUS: Partial<Record<Reason, number>> = {
  'bad-message': 400,
  unauthorised: 401,
  'origin-refused': 403,
  'try-later': 429,
  'clock-skew': 401,
  'method-unknown': 404,
  'code-unknown': 404,
  'item-unknown': 404,
  'photo-missing': 404,
  'picture-missing': 404,
  'media-missing': 404,
  'media-too-large': 413,
  'invitation-unknown': 404,
  'not-at-home': 403,
  'mocks-too-many': 429,
  'organisation-unknown': 404,
  'organisation-there': 409,
  'organisation-settled': 409,
  'turn-unknown': 404,
  'turn-settled': 409,
  'exam-other': 409,
  'registration-unknown': 404,
  'job-unknown': 404,
  'hook-unknown': 404,
  'grant-missing': 404,
  'log-empty': 404,
  'log-shorter': 404,
  'not-logged': 404,
  'certificate-unknown': 404,
  'result-unknown': 404,
  'person-unknown': 404,
  'schedule-unknown': 404,
  'folder-unusable': 409,
  'mail-missing': 409,
  'appeal-open': 409,
  'appeal-settled': 409,
  'certificate-revoked': 409,
  'log-forked': 409,
  'login-wrong': 401,
  'factor-wrong': 401,
  'log-in-again': 403,
  'ticket-over': 410,
  'secret-unknown': 404,
  'account-unknown': 404,
  'role-beyond': 403,
  'login-taken': 409,
  'set-up-over': 409,
  'oidc-refused': 403,
  'roles-none': 403,
  'station-revoked': 403,
  'station-key-old': 403,
  'issuing-key-missing': 503,
  'database-away': 503,
  'database-busy': 503,
  'objects-away': 503,
  'log-restored': 503,
  'code-expired': 410,
  'code-used': 409,
  'chain-broken': 409,
  internal: 500,
};

/** Well-formed, understood, and still not acceptable. */
const UNACCEPTABLE = 422;

/** Says no in the words of `contract/words/reasons.ts`; of a fault it says only that there was one. */
export function replyTo(error: unknown): ErrorReply {
  if (error instanceof TryLater)
    return { status: 429, body: { reason: error.reason, detail: error.message, seconds: error.seconds } };
  if (error instanceof Busy)
    return { status: 503, body: { reason: error.reason, detail: error.message, seconds: error.seconds } };
  if (error instanceof Refusal) return refusalReply(error);
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === PG_UNIQUE_VIOLATION) return reply(409, 'bad-message', 'another one with this number is there already');
  if (code === PG_BAD_CHARACTER) return reply(400, 'bad-message', 'a text holds a character that cannot be stored');
  if (statusCode !== undefined && statusCode < 500) return reply(statusCode, 'bad-message', (error as Error).message);
  return reply(500, 'internal');
}

const PG_UNIQUE_VIOLATION = '23505';
const PG_BAD_CHARACTER = '22021';

const refusalReply = ({ reason, detail }: Refusal): ErrorReply => reply(STATUS[reason] ?? UNACCEPTABLE, reason, detail);

const reply = (status: number, reason: Reason, detail?: string): ErrorReply => ({
  status,
  body: detail === undefined ? { reason } : { reason, detail },
});
