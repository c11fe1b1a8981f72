import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RevocationWish } from '../../contract/people-center/operator-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { inShape } from '../http/index.ts';
import { endMovesOf } from '../moves/index.ts';
import { endCommandsFor } from '../proctoring/index.ts';
import { revokeStation, wishFreshKey } from '../stations/index.ts';
import type { Operator } from '../tenants/index.ts';
import { asOperator, authenticate, formOf, mustBeOwnForm } from './authenticate.ts';
import { Language } from './language.ts';
import { freshKeyPath, revokePath, stationsPath } from './layout.ts';
import { tokenPage } from './token-page.ts';

const Named = z.object({ station: StationId });
const Wish = RevocationWish.unwrap().extend(Named.shape);

/** What the forms beside a station do: another key, and its end. */
export function stationForms(app: FastifyInstance, center: Center): void {
  const does =
    (work: (operator: Operator, form: unknown) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { lang: locale } = Language.parse(request.query);
      const seen = await authenticate(center, request);
      if (seen?.actor.kind !== 'visitor')
        return reply.status(401).type('text/html; charset=utf-8').send(tokenPage(locale, false));
      mustBeOwnForm(request, seen);
      await work(asOperator(seen.actor), Object.fromEntries(formOf(request)));
      return reply.redirect(stationsPath(locale), 303);
    };
  app.post(
    freshKeyPath('zh'),
    does((operator, form) => wishFreshKey(operator, center, operator.tenantId, inShape(form, Named).station)),
  );
  app.post(
    revokePath('zh'),
    does((operator, form) => {
      const { station: id, cause } = inShape(form, Wish);
      const endings = [endCommandsFor, endMovesOf];
      return revokeStation(operator, center, operator.tenantId, { id, wish: { cause }, endings });
    }),
  );
}
