import type { FastifyRequest } from 'fastify';
import { isSecure } from '../http/index.ts';

const COOKIE = 'exam_changed';

/**
 * Says to whichever program is asked next that this browser has changed something: until every replica that is asked has it, the
 * primary is. It holds nothing else.
 */
export const changedCookie = (seconds: number, request: FastifyRequest): string =>
  `${COOKIE}=1; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.ceil(seconds)}${isSecure(request) ? '; Secure' : ''}`;

export const hasJustChanged = ({ headers }: FastifyRequest): boolean =>
  /(?:^|;\s*)exam_changed=1(?:;|$)/.test(headers.cookie ?? '');
