import type { FastifyReply } from 'fastify';
import { type Speech, speechOf } from '../../messages/speech.ts';

const [zh, en] = [speechOf('zh'), speechOf('en')];

type Say = (speech: Speech) => string;

/** A sentence in both languages, where the page itself is not there to say it. Nothing of it comes from a request. */
export const sayPlainly = (reply: FastifyReply, status: number, say: Say): FastifyReply =>
  reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(plainPage(say));

/** Without a style: the policy of these pages lets none in that is not a file. */
const plainPage = (say: Say): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${zh.t('home.title')}</title></head>
<body><main><h1>${zh.t('home.title')}</h1><p>${say(zh)}</p><p lang="en">${say(en)}</p><p><a href="/home/">${zh.t('home.to-start')}</a></p></main></body></html>
`;
