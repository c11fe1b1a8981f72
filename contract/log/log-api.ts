import { z } from 'zod';
import { CenterKeyList } from '../records/center-keys.ts';
import { ConsistencyPath, Inclusion, Note } from '../records/log-proof.ts';
import { Sha256 } from '../words/ids.ts';

/**
 * The center's log, for whoever wants to look: hashes and signatures only, so nobody needs to say who they are. `/checkpoint` and
 * `/tile/` are as c2sp.org/tlog-tiles says, without the entries, which are results of people.
 */
export const logPaths = {
  /** A {@link LogIdentity}. */
  about: '/v1/log',
  /** A {@link ServedCenterKeys}. A center of before has no such thing. */
  keys: '/v1/keys',
  /** A {@link NewestHead}. */
  head: '/v1/log/head',
  /** The newest checkpoint, with all cosignatures there are of it: a signed note as text. */
  checkpoint: '/checkpoint',
  /** Roots of perfect subtrees: `0/x001/234.p/7`. */
  tile: '/tile/',
  /** A {@link LoggedEntries}: what is logged besides records, from an index on. */
  entries: '/v1/log/entries',
  consistency: '/v1/log/consistency',
  /** A {@link LogEvidence}. */
  evidence: '/v1/log/evidence',
  /** Takes a checkpoint with cosignatures of witnesses that the operator named: a signed note as text. */
  cosignatures: '/v1/log/cosignatures',
} as const;

/** A {@link ConsistencyReply}. */
export const consistencyFor = (from: number, to: number): string => `${logPaths.consistency}?from=${from}&to=${to}`;

/** What a proof needs of the log: of the checkpoint that shows these leaves and is no smaller than this. */
export const evidenceFor = (size: number, leaves: readonly string[]): string =>
  `${logPaths.evidence}?${new URLSearchParams([['size', String(size)], ...leaves.map((leaf) => ['leaf', leaf] as [string, string])])}`;

/** What the log is called, and the key of its checkpoints as c2sp.org/signed-note writes it. */
export const LogIdentity = z.object({ origin: z.string().max(255), key: z.string().max(1_024) });
export type LogIdentity = z.infer<typeof LogIdentity>;

/** What the root says of the center's keys, and those of its checkpoints that are not revoked, as c2sp.org/signed-note writes them. */
export const ServedCenterKeys = CenterKeyList.unwrap().extend({
  verifiers: z.array(z.string().max(1_024)).max(1_001).readonly(),
});
export type ServedCenterKeys = z.infer<typeof ServedCenterKeys>;

/** JWS `exam-station/tree-head`, signed now. */
export const NewestHead = z.object({ treeHead: z.string().max(16_384) });
export type NewestHead = z.infer<typeof NewestHead>;

const Count = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number);
export const ConsistencyQuery = z.object({ from: Count, to: Count });

/** As many as one answer has. */
export const MAX_ENTRIES = 1_000;
export const EntriesQuery = z.object({ from: Count.default(0) });

/** In their order, each as canonical JSON of a `LogEntry` with its place; those of results are not among them. */
export const LoggedEntries = z.object({
  entries: z
    .array(z.object({ index: z.int(), text: z.string().max(65_536) }))
    .max(MAX_ENTRIES)
    .readonly(),
});
export type LoggedEntries = z.infer<typeof LoggedEntries>;

/** RFC 9162 2.1.4: that the tree of `from` leaves is the beginning of the one of `to`. */
export const ConsistencyReply = z.object({ path: ConsistencyPath });
export type ConsistencyReply = z.infer<typeof ConsistencyReply>;

/** As many leaves as one question may name. */
const MAX_LEAVES = 256;
export const EvidenceQuery = z.object({
  size: Count,
  leaf: z
    .preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(Sha256).max(MAX_LEAVES))
    .readonly(),
});

/** A checkpoint, that it goes on from the size asked for, and where in it each leaf is, in the order asked for. */
export const LogEvidence = z.object({
  checkpoint: Note,
  consistency: ConsistencyPath,
  inclusions: z.array(Inclusion).max(MAX_LEAVES).readonly(),
});
export type LogEvidence = z.infer<typeof LogEvidence>;

/** How many cosignatures of it were new, and how many are of witnesses nobody named here. */
export const CosignaturesReply = z.object({ taken: z.int(), unknown: z.int() });
export type CosignaturesReply = z.infer<typeof CosignaturesReply>;
