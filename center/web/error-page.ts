import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../contract/words/localized.ts';
import { html } from './html.ts';
import { languageOf } from './language.ts';
import { layout, linkTo, PAGE_HEADERS } from './layout.ts';
import { MESSAGES, type Messages } from './messages.ts';
import { inWords, type Said } from './reason-words.ts';
import { sendHtml } from './send-html.ts';

type Trouble = Said & {
  /** Of HTTP. */
  readonly status: number;
  /** What the log calls the request. */
  readonly requestId: string;
};

/** Whether a browser asks, with somebody before it. A program that takes anything is told in JSON. */
export const asksForPage = ({ headers: { accept = '' } }: FastifyRequest): boolean =>
  accept.split(',').some((type) => /^\s*text\/html\s*(;(?!\s*q=0(\.0*)?\s*$)|$)/i.test(type));

/** Says no in the language of the page that was asked for. */
export function sendErrorPage(request: FastifyRequest, reply: FastifyReply, status: number, said: Said) {
  const page = errorPage(languageOf(request), { ...said, status, requestId: request.id });
  return sendHtml(reply.headers(PAGE_HEADERS), page, status);
}

/** What went wrong, what to do next, and for the administrator what the log calls it. */
function errorPage(locale: Locale, { status, requestId, ...said }: Trouble): string {
  const t = MESSAGES[locale];
  const { title, next } = t.errors[kindOf(status)];
  const why = TOLD_BY_TITLE.has(said.reason) ? '' : inWords(said, locale);
  const other: Locale = locale === 'zh' ? 'en' : 'zh';
  const content = html`<main class="door sheet">
<p class="over">${t.center}</p>
<h1>${title}</h1>
${why ? html`<p>${why}</p>` : ''}${said.seconds === undefined ? html`<p>${next}</p>` : ''}
<p><a class="go" href="${linkTo(locale)}">${t.toRecords}</a></p>
<small><code>${said.reason} · ${requestId}</code></small>
<a class="quiet" href="?lang=${other}" lang="${other}">${t.otherLanguage}</a>
</main>`;
  return layout(locale, `${title} · ${t.center}`, content);
}

/** Of these the title says all that there is to say. */
const TOLD_BY_TITLE: ReadonlySet<Said['reason']> = new Set(['method-unknown', 'internal']);

function kindOf(status: number): keyof Messages['errors'] {
  if (status >= 500) return 'fault';
  if (status === 404) return 'missing';
  return status === 401 || status === 403 ? 'denied' : 'refused';
}
