import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RevocationWish } from '../../contract/people-center/operator-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { inShape } from '../http/index.ts';
import { ENDINGS } from '../moves/index.ts';
import { revokeStation, wishFreshKey } from '../stations/index.ts';
import type { Operator } from '../tenants/index.ts';
import { asOperator, formOf, mustBeOwnForm } from './authenticate.ts';
import { asVisitor } from './gate.ts';
import { freshKeyPath, revokePath, stationsPath } from './layout.ts';

const Named = z.object({ station: StationId });
const Wish = RevocationWish.unwrap().extend(Named.shape);

/** What the forms beside a station do: another key, and its end. */
export function stationForms(app: FastifyInstance, center: Center): void {
  const letIn = asVisitor(center);
  const at = (path: string, work: (operator: Operator, form: unknown) => Promise<unknown>) =>
    app.post(path, (request, reply) =>
      letIn(request, reply, async (seen) => {
        mustBeOwnForm(request, seen);
        await work(asOperator(seen.actor), Object.fromEntries(formOf(request)));
        return reply.redirect(stationsPath(seen.locale), 303);
      }),
    );
  at(freshKeyPath('zh'), (operator, form) =>
    wishFreshKey(operator, center, operator.tenantId, inShape(form, Named).station),
  );
  at(revokePath('zh'), (operator, form) => {
    const { station: id, cause } = inShape(form, Wish);
    return revokeStation(operator, center, operator.tenantId, { id, wish: { cause }, endings: ENDINGS });
  });
}
