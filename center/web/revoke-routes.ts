import type { FastifyInstance } from 'fastify';
import { RevocationWish } from '../../contract/people-center/operator-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { inShape } from '../http/index.ts';
import { endMovesOf } from '../moves/index.ts';
import { endCommandsFor } from '../proctoring/index.ts';
import { revokeStation } from '../stations/index.ts';
import { asOperator, formOf, mustBeOwnForm } from './authenticate.ts';
import { asVisitor } from './gate.ts';
import { revokePath, stationsPath } from './layout.ts';

const Wish = RevocationWish.unwrap().extend({ station: StationId });

/** The end of a station, by the form beside it. */
export function revokeRoutes(app: FastifyInstance, center: Center): void {
  const letIn = asVisitor(center);
  app.post(revokePath('zh'), (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { station: id, cause } = inShape(Object.fromEntries(formOf(request)), Wish);
      const operator = asOperator(seen.actor);
      const endings = [endCommandsFor, endMovesOf];
      await revokeStation(operator, center, operator.tenantId, { id, wish: { cause }, endings });
      return reply.redirect(stationsPath(seen.locale), 303);
    }),
  );
}
