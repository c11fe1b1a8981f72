import type { FastifyInstance } from 'fastify';
import { RevocationWish } from '../../contract/people-center/operator-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { bytesOf, inShape, isFromHere } from '../http/index.ts';
import { endMovesOf } from '../moves/index.ts';
import { endCommandsFor } from '../proctoring/index.ts';
import { revokeStation } from '../stations/index.ts';
import { asOperator, authenticate } from './authenticate.ts';
import { Language } from './language.ts';
import { revokePath, stationsPath } from './layout.ts';
import { tokenPage } from './token-page.ts';

const Wish = RevocationWish.unwrap().extend({ station: StationId });

/** The end of a station, by the form beside it. */
export function revokeRoutes(app: FastifyInstance, center: Center): void {
  app.post(revokePath('zh'), async (request, reply) => {
    const { lang: locale } = Language.parse(request.query);
    const visitor = await authenticate(center, request.headers);
    if (!visitor) return reply.status(401).type('text/html; charset=utf-8').send(tokenPage(locale, false));
    if (!isFromHere(request)) throw new Refusal('origin-refused');
    const said = Object.fromEntries(new URLSearchParams(bytesOf(request).toString('utf8')));
    const { station: id, cause } = inShape(said, Wish);
    const operator = asOperator(visitor);
    const endings = [endCommandsFor, endMovesOf];
    await revokeStation(operator, center, operator.tenantId, { id, wish: { cause }, endings });
    return reply.redirect(stationsPath(locale), 303);
  });
}
