import type { FastifyInstance } from 'fastify';
import { scheduleEndpoints as ends } from '../../contract/platform/schedules.ts';
import type { Center } from '../base/index.ts';
import {
  addSchedule,
  type BulletinWays,
  bulletinWays,
  endSchedule,
  listSchedules,
  readIssue,
  trySchedule,
} from '../schedules/index.ts';
import { type Serving, serveTree as serve } from './serve.ts';

/** Bulletins that come by themselves. */
export function scheduleRoutes(app: FastifyInstance, center: Center, how: Serving, ways: BulletinWays): void {
  const { db } = center;
  serve(app, center, ends.list, ({ actor, query }) => listSchedules(actor, center, query), how);
  serve(app, center, ends.ways, async ({ actor }) => bulletinWays(actor, ways), how);
  serve(app, center, ends.add, ({ actor, body }) => addSchedule(actor, center, body, ways), how);
  serve(app, center, ends.end, ({ actor, params }) => endSchedule(actor, center, params.id), how);
  serve(app, center, ends.tryNow, ({ actor, params }) => trySchedule(actor, center, params.id), how);
  serve(app, center, ends.issue, ({ actor, params }) => readIssue(actor, db, params.id), how);
}
