import { z } from 'zod';
import { GrantWish, ListedGrant } from '../people-center/operator-api.ts';
import { GrantId, TenantId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_ROOM, ofFirm } from './firms.ts';

const firm = z.object(ofFirm);
const at = '/v1/platform/firms/:firm/grants';
const Named = z.object({ tenantId: TenantId, name: z.string() }).readonly();

export const grantEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: KEEP_ROOM,
    says: 'Which firms may use stations of this one, and whose stations this one may use.',
    params: firm,
    reply: z
      .object({
        /** What another firm says of this one, to be given a grant. */
        own: TenantId,
        grants: z.array(ListedGrant).readonly(),
      })
      .readonly(),
  }),
  other: endpoint({
    method: 'GET',
    path: `${at}/other`,
    who: KEEP_ROOM,
    says: 'The firm with this licence number, or this id: to be seen before it is given anything.',
    params: firm,
    query: z.object({ called: z.string().trim().min(1).max(100) }),
    reply: Named,
  }),
  give: endpoint({
    method: 'POST',
    path: at,
    who: KEEP_ROOM,
    says: 'Lets another firm use stations of this one from when until when: a grant for each station.',
    params: firm,
    body: GrantWish,
    reply: z.object({ ids: z.array(GrantId).readonly() }).readonly(),
  }),
  end: endpoint({
    method: 'POST',
    path: `${at}/:id/end`,
    who: KEEP_ROOM,
    says: 'Ends a grant now: what began under it goes on to its end, and nothing begins any more.',
    params: z.object({ ...ofFirm, id: GrantId }),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
} as const;
