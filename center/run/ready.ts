import type { FastifyInstance } from 'fastify';
import type { Center } from '../base/index.ts';
import { hasSchema, onWay } from '../database/index.ts';
import { SCHEMA } from './schema.ts';

/** For whatever watches over the program: what is there of all that it needs to do its work. */
export type Ready = {
  readonly ok: boolean;
  readonly database: boolean;
  /** Whether the database is as this program left it, and not restored from another one's. */
  readonly schema: boolean;
  readonly signingKey: boolean;
};

/**
 * `/healthz`: this process is alive, which ending it would not improve. `/readyz`: it can do its work now (200), or not (503), as
 * one who hands out requests to several wants to know.
 */
export function readyRoutes(app: FastifyInstance, center: Center): void {
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await readyOf(center);
    return reply.status(ready.ok ? 200 : 503).send(ready);
  });
}

async function readyOf({ db, signer }: Center): Promise<Ready> {
  const database = await holds(db.answers);
  const schema = database && (await holds(async () => onWay({ lane: 'upkeep' }, () => hasSchema(db, SCHEMA))));
  // Without a key that is good, the question is refused.
  const signingKey = await holds(async () => signer.publicKey !== undefined);
  return { ok: database && schema && signingKey, database, schema, signingKey };
}

const holds = (asked: () => Promise<unknown>): Promise<boolean> =>
  asked().then(
    (answer) => answer !== false,
    () => false,
  );
