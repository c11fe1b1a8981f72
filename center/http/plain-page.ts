import type { FastifyReply } from 'fastify';
import type { Locale } from '../../contract/words/localized.ts';

/** In both languages. */
type Both = Readonly<Record<Locale, string>>;
export type Plainly = {
  readonly title: string;
  readonly says: Both;
  /** Where it goes on; nowhere where there is nothing. */
  readonly link?: { readonly to: string; readonly says: string };
};

/**
 * A sentence in both languages, where the page itself is not there to say it. Nothing of it comes from a request. It has no style:
 * the policy of such pages lets none in that is not a file.
 */
export const sendPlainPage = (reply: FastifyReply, status: number, said: Plainly): FastifyReply =>
  reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(plainPage(said));

const plainPage = ({ title, says: { zh, en }, link }: Plainly): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${zh}</p><p lang="en">${en}</p>${link ? `<p><a href="${link.to}">${link.says}</a></p>` : ''}</main></body></html>
`;
