import type { FastifyInstance } from 'fastify';
import type { Center } from '../base/index.ts';
import { describePlatform } from './describe.ts';

/** The platform: what its pages and programs ask for. */
export function platformRoutes(app: FastifyInstance, _center: Center, version: string): void {
  const description = describePlatform(version);
  app.get('/v1/platform/openapi.json', async () => description);
}
