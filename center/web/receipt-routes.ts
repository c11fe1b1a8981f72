import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { APPEAL_GROUNDS, AppealWords, MOST_ADDED } from '../../contract/words/appeal-words.ts';
import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import { RECEIPT_PATH } from '../../contract/words/receipt-code.ts';
import { groundIn, WORKER_WORDS } from '../../messages/worker/index.ts';
import { appealsOfReceipt, makeAppealByReceipt } from '../appeals/index.ts';
import type { Center } from '../base/index.ts';
import { strangerOf } from '../http/index.ts';
import { formOf, mustBeFromHere } from './authenticate.ts';
import { languageOf } from './language.ts';
import { inWords } from './reason-words.ts';
import type { AppealForm } from './receipt-appeals.ts';
import { receiptPage } from './receipt-page.ts';
import { sendHtml } from './send-html.ts';
import type { RoomTime } from './time.ts';

type Site = { readonly center: Center; readonly times: RoomTime };

/** Asked by the phone of whoever photographed it. Nobody is signed in: the receipt is what entitles, to look and to appeal. */
export function receiptRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${RECEIPT_PATH}:receipt`, (request, reply) => show(site, request, reply));
  app.post(`${RECEIPT_PATH}:receipt`, { bodyLimit: 16 * 1024 }, async (request, reply) => {
    mustBeFromHere(request);
    const locale = languageOf(request);
    const { ground, text = '' } = Object.fromEntries(formOf(request));
    // A browser counts a new line as one letter, and sends two.
    const said = text.replaceAll('\r\n', '\n').trim();
    const { data: words } = AppealWords.safeParse({ ground, text: said });
    const filled = { ground: APPEAL_GROUNDS.find((one) => one === ground), text: said.slice(0, MOST_ADDED) };
    if (!words) return show(site, request, reply, { status: 400, filled, wrong: WORKER_WORDS[locale]('appeal.form') });
    try {
      await makeAppealByReceipt(strangerOf(request), site.center, codeIn(request), groundIn(locale, words));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const later = error instanceof TryLater;
      const wrong = inWords({ reason: error.reason, ...(later ? { seconds: error.seconds } : {}) }, locale);
      return show(site, request, reply, { status: later ? 429 : 422, filled, wrong });
    }
    // Loaded again, the page sends nothing again.
    return reply.redirect(`?lang=${locale}#appeal`, 303);
  });
}

const codeIn = (request: FastifyRequest): string => (request.params as { readonly receipt: string }).receipt;

async function show(
  { center, times }: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  { status = 200, ...form }: AppealForm & { readonly status?: number } = {},
): Promise<FastifyReply> {
  const code = codeIn(request);
  const { held, appeals } = await appealsOfReceipt(strangerOf(request), center, code);
  const page = receiptPage({ locale: languageOf(request), code, held, appeals, form, now: center.now(), times });
  return sendHtml(reply, page, held || status === 429 ? status : 404);
}
