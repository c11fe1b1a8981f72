import type { FastifyInstance } from 'fastify';
import type { Center } from '../base/index.ts';
import { accountRoutes } from './accounts.ts';
import { type CityLogInWish, cityRoutes, START } from './city-log-in.ts';
import { describePlatform } from './describe.ts';

export type { CityLogInWish } from './city-log-in.ts';

/** The platform: what its pages and programs ask for. */
export function platformRoutes(app: FastifyInstance, center: Center, version: string, wish?: CityLogInWish): void {
  const description = describePlatform(version);
  app.get('/v1/platform/openapi.json', async () => description);
  accountRoutes(app, center, wish ? START : null);
  cityRoutes(app, center, wish);
}
