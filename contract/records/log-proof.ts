import { z } from 'zod';
import { Sha256 } from '../words/ids.ts';

/** A signed note (c2sp.org/signed-note): a checkpoint of the log, with the signatures of the log and of its witnesses. */
export const Note = z.string().min(1).max(65_536);

/** RFC 9162 2.1.4.1: 63 hashes are enough for any two trees. */
export const ConsistencyPath = z.array(Sha256).max(63).readonly();

/** Where a leaf is, and the audit path from there up. */
export const Inclusion = z.strictObject({ index: z.int().min(0), path: z.array(Sha256).max(64).readonly() }).readonly();
export type Inclusion = z.infer<typeof Inclusion>;

/**
 * That all a batch rests on is in one log, which others have seen as well: the newest checkpoint at the time, with its
 * cosignatures; that the receipt's tree is its beginning; and where the certificate and each grant are in it, in their order.
 */
export const LogProof = z
  .strictObject({
    checkpoint: Note,
    consistency: ConsistencyPath,
    certificate: Inclusion,
    grants: z.array(Inclusion).max(10_000).readonly(),
  })
  .readonly();
export type LogProof = z.infer<typeof LogProof>;
