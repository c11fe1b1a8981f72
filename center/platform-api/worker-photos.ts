import type { FastifyInstance } from 'fastify';
import type { PhotoVerdict } from '../../contract/platform/workers.ts';
import { workerEndpoints as at } from '../../contract/platform/workers.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { MEBIBYTE } from '../http/index.ts';
import { addNamedPhoto, candidatesByIds, lookAtPhoto } from '../people/index.ts';
import type { Operator } from '../tenants/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm } from './standing.ts';

/** A photo of eight megabytes in base64, and what is around it. */
const PHOTO = 12 * MEBIBYTE;

/** Photos that a firm puts in: one of somebody, or one of many files that each say whose they are. */
export function photoRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(
    app,
    center,
    at.addPhoto,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { id } = call.params;
      const known = (await candidatesByIds(actor, center.db, actor.tenantId, [id])).get(id);
      if (!known) throw new Refusal('not-on-roster');
      return take(actor, center, { ...call.body, file: `${known.number}.jpg` });
    },
    { ...how, bodyLimit: PHOTO },
  );
  serve(app, center, at.addNamedPhoto, async (call) => take(await keepsFirm(center, call), center, call.body), {
    ...how,
    bodyLimit: PHOTO,
  });
}

type Named = { readonly file: string; readonly photo: string; readonly replace?: boolean };

/** One that would not do is no fault of whoever sent it: the answer says why, for whoever takes another. */
async function take(actor: Operator, center: Center, photo: Named): Promise<PhotoVerdict> {
  try {
    const { notLookedAt } = await addNamedPhoto(actor, center, actor.tenantId, photo);
    return { taken: true, looked: !notLookedAt };
  } catch (error) {
    if (!(error instanceof Refusal && error.reason === 'photo-unusable')) throw error;
    const look = await lookAtPhoto(actor, center, actor.tenantId, Buffer.from(photo.photo, 'base64'));
    if (look.kind !== 'unusable') throw error;
    return { taken: false, reasons: look.reasons };
  }
}
