import { z } from 'zod';
import { EvidenceContent, EvidenceManifest, LEAST_REASON } from '../records/evidence.ts';
import { EvidenceWishId, Instant, Sha256 } from '../words/ids.ts';
import { ExchangeKey } from '../words/keys.ts';
import { PictureOf } from '../words/picture-of.ts';
import { ReasonCode } from '../words/reasons.ts';
import { endpoint } from './endpoint.ts';
import { LogIndex, SEE_RESULTS } from './results.ts';

/** What the page opens a sealed picture by. */
export { EvidenceContent, EvidenceManifest, LEAST_REASON };

/** So long the center keeps what a station sealed, and a station may hear of a wish. */
export const EVIDENCE_DAYS = 30;
export const WISH_DAYS = 7;

/** A key of whoever asks, as it was registered and logged: the newest is sealed to. */
const InspectorsKey = z
  .object({ key: ExchangeKey, at: Instant, /** Where in the log it is. */ entryIndex: z.int() })
  .readonly();
export type InspectorsKey = z.infer<typeof InspectorsKey>;

/**
 * `waiting`: its station was not heard since. `old`: nor will it be, until its program is brought up to date. `late`: its station
 * heard of it in time no more. `refused`: the station says why. `coming`: some pictures are still to come. `done`: all are here that
 * there are. `over`: its 30 days are over.
 */
const WISH_STATES = ['waiting', 'old', 'late', 'refused', 'coming', 'done', 'over'] as const;

/** `erased`: its time was over before it was asked for. */
const PICTURE_STATES = ['waiting', 'here', 'erased'] as const;

const ListedPicture = z
  .object({
    of: PictureOf,
    /** SHA-256 of the picture itself. */
    picture: Sha256,
    /** Whether the record, which the station signed, names this very picture; `null` where it names none. */
    inRecord: z.boolean().nullable(),
    state: z.enum(PICTURE_STATES),
    /** Of an incident. */
    at: Instant.nullable(),
    reason: ReasonCode.nullable(),
  })
  .readonly();
export type ListedPicture = z.infer<typeof ListedPicture>;

/** That somebody asked for the pictures of a sitting: shown to whoever sees its result, its firm above all. */
export const ListedWish = z
  .object({
    id: EvidenceWishId,
    /** Of which station. */
    station: z.string(),
    by: z.string(),
    reason: z.string(),
    at: Instant,
    until: Instant,
    /** What they are sealed to, and where in the log the wish is. */
    key: ExchangeKey,
    entryIndex: z.int(),
    state: z.enum(WISH_STATES),
    refused: ReasonCode.nullable(),
    pictures: z.array(ListedPicture).readonly(),
    /** Whether whoever looks asked for them: nobody else is given any. */
    mine: z.boolean(),
  })
  .readonly();
export type ListedWish = z.infer<typeof ListedWish>;

const ofResult = z.object({ logIndex: LogIndex });

export const evidenceEndpoints = {
  keys: endpoint({
    method: 'GET',
    path: '/v1/platform/evidence/keys',
    who: ['inspector'],
    says: 'Keys of whoever asks, the newest first: pictures are sealed to the newest.',
    reply: z.object({ keys: z.array(InspectorsKey).readonly() }).readonly(),
  }),
  putKey: endpoint({
    method: 'POST',
    path: '/v1/platform/evidence/keys',
    who: ['inspector'],
    says: 'Registers the public half of an X25519 key, base64url, whose other half never leaves whoever asks. The center signs and logs that it is theirs. Not for programs.',
    body: z.strictObject({ key: ExchangeKey }),
    reply: InspectorsKey,
  }),
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/results/:logIndex/evidence',
    who: SEE_RESULTS,
    says: 'Who asked for the pictures of a result, why, and how far that is.',
    params: ofResult,
    reply: z.object({ wishes: z.array(ListedWish).readonly(), mayAsk: z.boolean() }).readonly(),
  }),
  ask: endpoint({
    method: 'POST',
    path: '/v1/platform/results/:logIndex/evidence',
    who: ['inspector'],
    says: 'Asks the station of a result for its pictures, sealed to a key of whoever asks: the newest, or the one that is named. The firm sees who asked, and why. Not for programs.',
    params: ofResult,
    body: z.strictObject({ reason: z.string().trim().min(LEAST_REASON).max(1_000), key: ExchangeKey.optional() }),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
  picture: endpoint({
    method: 'GET',
    path: '/v1/platform/evidence/:id/pictures/:of',
    who: ['inspector'],
    says: 'One sealed picture, base64, for whoever asked for it and nobody else. Each look is written down.',
    params: z.object({ id: EvidenceWishId, of: PictureOf }),
    reply: z.object({ file: z.base64() }).readonly(),
  }),
} as const;
