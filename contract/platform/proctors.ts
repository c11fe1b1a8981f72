import { z } from 'zod';
import { Invitation } from '../people-center/operator-api.ts';
import { ProctorRole } from '../station-center/center-api.ts';
import { ProctorId } from '../words/ids.ts';
import { ProctorNumber } from '../words/proctor-pins.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_ROOM, ofFirm, SEE_ROOM } from './firms.ts';

export const Watcher = z
  .object({
    id: ProctorId,
    name: z.string(),
    number: ProctorNumber.nullable(),
    role: ProctorRole,
    /** Whether they have set one. */
    pin: z.boolean(),
    /** Whether a card stands in for it. */
    badge: z.boolean(),
  })
  .readonly();
export type Watcher = z.infer<typeof Watcher>;

const one = z.object({ ...ofFirm, id: ProctorId });
const at = '/v1/platform/firms/:firm/proctors';

export const proctorEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_ROOM,
    says: 'Who watches over exams of a firm.',
    params: z.object(ofFirm),
    reply: z.object({ proctors: z.array(Watcher).readonly() }).readonly(),
  }),
  put: endpoint({
    method: 'POST',
    path: at,
    who: KEEP_ROOM,
    says: 'Puts a proctor in, or changes what whoever has this name may; whoever has no PIN yet is invited to set one.',
    params: z.object(ofFirm),
    body: z.strictObject({ name: z.string().trim().min(1).max(100), role: ProctorRole }),
    reply: z.object({ id: ProctorId, invitation: Invitation.nullable() }).readonly(),
  }),
  invite: endpoint({
    method: 'POST',
    path: `${at}/:id/invitation`,
    who: KEEP_ROOM,
    says: 'A one-time code with which a proctor sets another PIN; the one that they have, and their badge, end.',
    params: one,
    reply: Invitation,
  }),
  endBadge: endpoint({
    method: 'POST',
    path: `${at}/:id/badge/end`,
    who: KEEP_ROOM,
    says: 'Takes the card away that stands in for a proctor’s PIN.',
    params: one,
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
} as const;
