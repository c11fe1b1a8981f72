import type { FastifyInstance } from 'fastify';
import { RevocationWish } from '../../contract/people-center/operator-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { inShape } from '../http/index.ts';
import { ENDINGS } from '../moves/index.ts';
import { revokeStation } from '../stations/index.ts';
import { asOperator, authenticate, formOf, mustBeOwnForm } from './authenticate.ts';
import { Language } from './language.ts';
import { revokePath, stationsPath } from './layout.ts';
import { tokenPage } from './token-page.ts';

const Wish = RevocationWish.unwrap().extend({ station: StationId });

/** The end of a station, by the form beside it. */
export function revokeRoutes(app: FastifyInstance, center: Center): void {
  app.post(revokePath('zh'), async (request, reply) => {
    const { lang: locale } = Language.parse(request.query);
    const seen = await authenticate(center, request);
    if (seen?.actor.kind !== 'visitor')
      return reply.status(401).type('text/html; charset=utf-8').send(tokenPage(locale, false));
    mustBeOwnForm(request, seen);
    const { station: id, cause } = inShape(Object.fromEntries(formOf(request)), Wish);
    const operator = asOperator(seen.actor);
    await revokeStation(operator, center, operator.tenantId, { id, wish: { cause }, endings: ENDINGS });
    return reply.redirect(stationsPath(locale), 303);
  });
}
