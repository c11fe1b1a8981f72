import { z } from 'zod';
import { Instant } from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';

/**
 * That the center signs with this key too, from when and until when. A JWS of type `exam-station/center-key` by the root, which is
 * the key that is published and pinned. Frozen: what a later one says otherwise is an `@2`.
 */
export const CenterKeyStatement = z
  .strictObject({
    format: z.literal('exam-station/center-key@1'),
    publicKey: PublicKey,
    from: Instant,
    /** Not this moment any more. */
    until: Instant,
  })
  .readonly();
export type CenterKeyStatement = z.infer<typeof CenterKeyStatement>;

/**
 * That nothing counts which this key signs from then on. A JWS of type `exam-station/center-key-revocation` by the root. It is
 * never taken back. Frozen.
 */
export const CenterKeyRevocation = z
  .strictObject({ format: z.literal('exam-station/center-key-revocation@1'), publicKey: PublicKey, at: Instant })
  .readonly();
export type CenterKeyRevocation = z.infer<typeof CenterKeyRevocation>;

const Statement = z.string().max(16_384);

/** What the root of a center has said of its keys so far, each a JWS; nothing by a center that signs with its root alone. */
export const CenterKeyList = z
  .object({ keys: z.array(Statement).max(1_000).readonly(), revocations: z.array(Statement).max(1_000).readonly() })
  .readonly();
export type CenterKeyList = z.infer<typeof CenterKeyList>;
