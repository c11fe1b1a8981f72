import type { FastifyInstance } from 'fastify';
import { planningEndpoints as ends } from '../../contract/platform/planning.ts';
import type { Center } from '../base/index.ts';
import {
  cancelTurn,
  changeTurn,
  closeTurn,
  enterTurn,
  examsToPlan,
  leaveTurn,
  listApplicants,
  listEntries,
  listSlips,
  listTurns,
  moveTurn,
  openTurn,
  planTurn,
  putRoom,
  readBoard,
  readTurn,
  roomOf,
} from '../planning/index.ts';
import { type Serving, serveTree as serve } from './serve.ts';

/** Turns: who plans them, and who comes. */
export function planningRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(app, center, ends.list, ({ actor, query }) => listTurns(actor, center, query), how);
  serve(
    app,
    center,
    ends.exams,
    async ({ actor, params }) => ({ exams: await examsToPlan(actor, db, params.id) }),
    how,
  );
  serve(app, center, ends.plan, ({ actor, body }) => planTurn(actor, center, body), how);
  serve(app, center, ends.read, ({ actor, params }) => readTurn(actor, center, params.id), how);
  serve(app, center, ends.change, ({ actor, params, body }) => changeTurn(actor, center, params.id, body), how);
  serve(app, center, ends.open, ({ actor, params }) => openTurn(actor, center, params.id), how);
  serve(app, center, ends.close, ({ actor, params }) => closeTurn(actor, center, params.id), how);
  serve(app, center, ends.cancel, ({ actor, params, body }) => cancelTurn(actor, center, params.id, body.note), how);
  serve(app, center, ends.move, ({ actor, params, body }) => moveTurn(actor, center, params.id, body.version), how);
  serve(app, center, ends.board, ({ actor, query }) => readBoard(actor, center, query.room), how);
  serve(app, center, ends.room, ({ actor, params }) => roomOf(actor, db, params.id), how);
  serve(app, center, ends.putRoom, ({ actor, params, body }) => putRoom(actor, db, params.id, body), how);
  entryRoutes(app, center, how);
}

/** Who comes to a turn. */
function entryRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(app, center, ends.entries, ({ actor, params, query }) => listEntries(actor, center, params.id, query), how);
  serve(app, center, ends.slips, ({ actor, params, query }) => listSlips(actor, center, params.id, query), how);
  serve(
    app,
    center,
    ends.applicants,
    async ({ actor, params, query }) => ({ applicants: await listApplicants(actor, center, params.id, query.search) }),
    how,
  );
  serve(
    app,
    center,
    ends.enter,
    async ({ actor, params, body }) => ({ outcomes: await enterTurn(actor, center, params.id, body.candidateIds) }),
    how,
  );
  serve(
    app,
    center,
    ends.leave,
    async ({ actor, params, body }) => ({ promoted: await leaveTurn(actor, center, params.id, body.candidateId) }),
    how,
  );
}
