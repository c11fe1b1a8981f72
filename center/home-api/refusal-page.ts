import type { FastifyReply, FastifyRequest } from 'fastify';
import { homePaths } from '../../contract/home/home-api.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { explainAtHome } from '../../messages/at-home.ts';
import { PAGE_HEADERS } from '../http/index.ts';
import { sayPlainly } from './plain-page.ts';

/** Whether it asks for what is of learning at home, whoever answers. */
export const isAtHome = ({ url }: Pick<FastifyRequest, 'url'>): boolean =>
  `${url.split('?')[0]}/`.startsWith(homePaths.page);

const NOTHING_HERE: ReadonlySet<Reason> = new Set(['method-unknown', 'media-missing', 'picture-missing']);

/** Says no to somebody before a browser, in the words of learning at home: they have no token, and no records to go back to. */
export const sendHomeRefusal = (reply: FastifyReply, status: number, reason: Reason): FastifyReply =>
  sayPlainly(reply.headers(PAGE_HEADERS), status, (speech) =>
    NOTHING_HERE.has(reason) ? speech.t('home.nothing-here') : explainAtHome(reason, speech),
  );
