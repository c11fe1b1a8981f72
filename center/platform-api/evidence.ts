import type { FastifyInstance } from 'fastify';
import { evidenceEndpoints as ends } from '../../contract/platform/evidence.ts';
import type { Center } from '../base/index.ts';
import { askForEvidence, evidenceOfResult, listKeys, registerKey, sealedPicture } from '../evidence/index.ts';
import { type Serving, serve } from './serve.ts';

/** Pictures of a sitting, which lie at its station: asked for by inspectors, and sealed to their keys. */
export function evidenceRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(app, center, ends.keys, ({ actor }) => listKeys(actor, center), how);
  serve(app, center, ends.putKey, ({ actor, body }) => registerKey(actor, center, body.key), how);
  serve(app, center, ends.list, ({ actor, params }) => evidenceOfResult(actor, center, params.logIndex), how);
  const ask = async (...asked: Parameters<typeof askForEvidence>) => {
    await askForEvidence(...asked);
    return { ok: true } as const;
  };
  serve(app, center, ends.ask, ({ actor, params, body }) => ask(actor, center, params.logIndex, body), how);
  serve(app, center, ends.picture, ({ actor, params }) => sealedPicture(actor, center, params.id, params.of), how);
}
