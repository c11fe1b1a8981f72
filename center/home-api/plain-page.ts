import type { FastifyReply } from 'fastify';
import { homePaths } from '../../contract/home/home-api.ts';
import { type Speech, speechOf } from '../../messages/speech.ts';
import { sendPlainPage } from '../http/index.ts';

const [zh, en] = [speechOf('zh'), speechOf('en')];

/** A sentence in both languages, where the page itself is not there to say it, and the way to its beginning. */
export const sayPlainly = (reply: FastifyReply, status: number, say: (speech: Speech) => string): FastifyReply =>
  sendPlainPage(reply, status, {
    ...{ title: zh.t('home.title'), says: { zh: say(zh), en: say(en) } },
    link: { to: homePaths.page, says: zh.t('home.to-start') },
  });
