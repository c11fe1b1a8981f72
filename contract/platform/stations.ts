import { z } from 'zod';
import { ListedStation } from '../people-center/operator-api.ts';
import { RevocationCause } from '../records/revocations.ts';
import { Instant, StationId } from '../words/ids.ts';
import { CheckStatus, Checks } from '../words/readiness.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_ROOM, ofFirm, SEE_ROOM } from './firms.ts';

/** A station that ever enrolled, and what it said last of itself. */
export const KnownStation = z
  .object({
    ...ListedStation.unwrap().pick({ id: true, name: true, key: true }).shape,
    /** For good; since then nothing of it counts. */
    revoked: z.object({ at: Instant, cause: RevocationCause, note: z.string() }).readonly().nullable(),
    /** Nothing where it never said anything. */
    heard: z.object({ at: Instant, status: CheckStatus, checks: Checks }).readonly().nullable(),
  })
  .readonly();
export type KnownStation = z.infer<typeof KnownStation>;

const one = z.object({ ...ofFirm, id: StationId });
const Done = z.object({ ok: z.literal(true) }).readonly();
const at = '/v1/platform/firms/:firm/stations';

export const stationEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_ROOM,
    says: 'The stations of a firm or a room, and how ready each said that it is.',
    params: z.object(ofFirm),
    reply: z.object({ stations: z.array(KnownStation).readonly() }).readonly(),
  }),
  addCode: endpoint({
    method: 'POST',
    path: `${at}/codes`,
    who: KEEP_ROOM,
    says: 'A one-time code with which a terminal enrols; told once.',
    params: z.object(ofFirm),
    body: z.strictObject({ days: z.int().min(1).max(30).default(1) }),
    reply: z.object({ code: z.string(), until: Instant }).readonly(),
  }),
  freshKey: endpoint({
    method: 'POST',
    path: `${at}/:id/key`,
    who: KEEP_ROOM,
    says: 'Wishes that a station signs with another key from now on.',
    params: one,
    reply: Done,
  }),
  revoke: endpoint({
    method: 'POST',
    path: `${at}/:id/revocation`,
    who: KEEP_ROOM,
    says: 'Revokes a station, for good: nothing that it signs from now on counts.',
    params: one,
    body: z.strictObject({ cause: RevocationCause, note: z.string().trim().max(500).default('') }),
    reply: Done,
  }),
} as const;
