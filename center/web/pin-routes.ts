import type { FastifyInstance, FastifyReply } from 'fastify';
import { SetPinWish } from '../../contract/people-center/operator-api.ts';
import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { strangerOf } from '../http/index.ts';
import { setPin } from '../people/index.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { formOf, mustBeFromHere } from './authenticate.ts';
import { languageOf } from './language.ts';
import { type PinView, pinPage } from './pin-page.ts';
import { inWords } from './reason-words.ts';
import { sendHtml } from './send-html.ts';

/** Where proctors set their PIN. Nobody is signed in here: the code is what is asked for. */
export function pinRoutes(app: FastifyInstance, center: Center): void {
  app.get('/pin', (request, reply) => send(reply, 200, { locale: languageOf(request) }));
  app.post('/pin', async (request, reply) => {
    mustBeFromHere(request);
    const locale = languageOf(request);
    const { again, badge, ...said } = Object.fromEntries(formOf(request));
    const { data: wish } = SetPinWish.safeParse({ ...said, ...(badge?.trim() ? { badge: badge.trim() } : {}) });
    const back = { locale, proctor: said.proctor };
    if (said.pin !== again) return send(reply, 422, { ...back, wrong: ACCESS_WORDS[locale].pinUnlike });
    if (!wish) return send(reply, 400, { ...back, wrong: ACCESS_WORDS[locale].pinForm });
    try {
      return send(reply, 200, { locale, done: await setPin(strangerOf(request), center, wish) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const later = error instanceof TryLater;
      const said = { reason: error.reason, ...(later ? { seconds: error.seconds } : {}) };
      return send(reply, later ? 429 : 422, { ...back, wrong: inWords(said, locale) });
    }
  });
}

const send = (reply: FastifyReply, status: number, view: PinView): FastifyReply =>
  sendHtml(reply, pinPage(view), status);
