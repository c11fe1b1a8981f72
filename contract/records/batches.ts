import { z } from 'zod';
import { Instant, Sha256, StationId, TenantId } from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';
import { ExamRecord } from './index.ts';
import { Inclusion, LogProof } from './log-proof.ts';

/** A compact JWS, as it was signed. */
export const Jws = z
  .string()
  .max(16_384)
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);

/** Says which key a station signs with, and whose it is; a JWS of type `exam-station/certificate` by the center. */
export const StationCertificate = z
  .object({ stationId: StationId, tenantId: TenantId, publicKey: PublicKey, issuedAt: Instant })
  .readonly();
export type StationCertificate = z.infer<typeof StationCertificate>;

/** What a station signs for a batch; a JWS of type `exam-station/batch`. */
export const BatchHeader = z
  .object({
    stationId: StationId,
    number: z.int().min(1),
    /** SHA-256 of the previous batch's JWS: batches form a chain, none can be left out. */
    previous: Sha256.nullable(),
    size: z.int().min(1),
    /** RFC 9162 tree head over the records' canonical JSON. */
    root: Sha256,
    createdAt: Instant,
    /**
     * Id of another batch with this number, which the center refused or which followed one that it refused: of two headers
     * with one number, the one that names the other stands.
     */
    replaces: Sha256.optional(),
  })
  .readonly();
export type BatchHeader = z.infer<typeof BatchHeader>;

/** In one batch. */
export const MOST_RECORDS = 10_000;

export const Batch = z
  .strictObject({
    format: z.literal('exam-station/batch@1'),
    header: Jws,
    records: z.array(ExamRecord).min(1).max(MOST_RECORDS).readonly(),
  })
  .readonly();
export type Batch = z.infer<typeof Batch>;

/** The center's log at one moment; a JWS of type `exam-station/tree-head`. */
export const TreeHead = z.object({ size: z.int().min(1), root: Sha256, at: Instant }).readonly();
export type TreeHead = z.infer<typeof TreeHead>;

/** Proof that the center logged every record of a batch: one inclusion path each, in the batch's order. */
export const Receipt = z
  .strictObject({
    format: z.literal('exam-station/receipt@1'),
    treeHead: Jws,
    inclusions: z.array(Inclusion).readonly(),
  })
  .readonly();
export type Receipt = z.infer<typeof Receipt>;

const PROOF = { centerKey: PublicKey, certificate: Jws, batch: Batch, receipt: Receipt.nullable() } as const;

/** Of records that name no grant. Frozen. */
const ProofV1 = z.strictObject({ format: z.literal('exam-station/proof@1'), ...PROOF }).readonly();

/** With the grants that its records name, and no others. Frozen. */
const ProofV2 = z
  .strictObject({
    format: z.literal('exam-station/proof@2'),
    ...PROOF,
    grants: z.array(Jws).min(1).max(10_000).readonly(),
  })
  .readonly();

/**
 * With where the log holds what the batch rests on. `keys` and `revocations` are statements of the center about keys, each a JWS.
 * Frozen.
 */
const ProofV3 = z
  .strictObject({
    format: z.literal('exam-station/proof@3'),
    ...PROOF,
    receipt: Receipt,
    grants: z.array(Jws).max(10_000).readonly(),
    log: LogProof,
    keys: z.array(Jws).max(1_000).readonly(),
    revocations: z.array(Jws).max(10_000).readonly(),
  })
  .readonly();

/**
 * Of what no log is shown, by a center that signs with more than its root: with what the root says of its keys. `grants` as in an
 * `@2`, or none. Frozen.
 */
const ProofV4 = z
  .strictObject({
    format: z.literal('exam-station/proof@4'),
    ...PROOF,
    grants: z.array(Jws).max(10_000).readonly(),
    keys: z.array(Jws).min(1).max(1_000).readonly(),
    revocations: z.array(Jws).max(10_000).readonly(),
  })
  .readonly();

/** The file `export` writes and `verify` reads: canonical JSON, so that no byte of it can change unseen. */
export const ProofFile = z.discriminatedUnion('format', [ProofV1, ProofV2, ProofV3, ProofV4]);
export type ProofFile = z.infer<typeof ProofFile>;
