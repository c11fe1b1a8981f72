import type { FastifyInstance } from 'fastify';
import type { Center } from '../base/index.ts';
import { type WhoAsks, whoAsks } from './authenticate.ts';
import { describePlatform } from './describe.ts';
import { organisationRoutes } from './organisations.ts';

export type { Asker, WhoAsks } from './authenticate.ts';
export { describePlatform } from './describe.ts';

/** The platform: what its pages and programs ask for. */
export function platformRoutes(app: FastifyInstance, center: Center, version: string, who: WhoAsks = whoAsks): void {
  const description = describePlatform(version);
  app.get('/v1/platform/openapi.json', async () => description);
  organisationRoutes(app, center, { who });
}
