import type { FastifyInstance } from 'fastify';
import { packageEndpoints } from '../../contract/platform/packages.ts';
import { seatEndpoints } from '../../contract/platform/seats.ts';
import { endingOf } from '../../contract/words/id-number.ts';
import { makePackage, packageContents } from '../assignments/index.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { drawSeats, listSeats } from '../people/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

/** What goes to a room on a stick or on paper: packages for stations without a network, and who sits where. */
export function paperRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    packageEndpoints.contents,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return packageContents(actor, center, actor.tenantId, call.query.examId);
    },
    how,
  );
  serve(
    app,
    center,
    packageEndpoints.make,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const bytes = await makePackage(actor, center, actor.tenantId, call.body);
      await call.reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${call.body.stationId}.exam"`)
        .type('application/octet-stream')
        .send(Buffer.from(bytes));
      return undefined;
    },
    how,
  );
  serve(
    app,
    center,
    seatEndpoints.list,
    async (call) => {
      const actor = await seesFirm(center, call);
      await lookedAt(actor, center, 'seats');
      const people = await listSeats(actor, db, actor.tenantId, call.query.examId);
      return { people: people.map(({ number, ...one }) => ({ ...one, ending: endingOf(number) })) };
    },
    how,
  );
  serve(
    app,
    center,
    seatEndpoints.draw,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return { drawn: (await drawSeats(actor, db, actor.tenantId, call.body)).drawn };
    },
    how,
  );
}
