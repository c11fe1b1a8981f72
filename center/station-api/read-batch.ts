import { Batch, MOST_RECORDS } from '../../contract/records/batches.ts';
import { ExamRecord, newerFormatIn } from '../../contract/records/index.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';
import { type SealedBatch, sealBatch } from '../../proof/index.ts';
import { inShape, parseStrictly } from '../http/index.ts';

/**
 * What became of bytes that should be a batch. `header`: as it came, where the bytes were JSON at all: what a station signed is
 * known by it, also where the rest is refused.
 */
export type ReadBatch =
  | { readonly ok: true; readonly batch: SealedBatch }
  | { readonly ok: false; readonly reason: Reason; readonly detail: string | undefined; readonly header: unknown };

/** Parses a batch, checks its shape, makes its records canonical and hashes them: `format-unknown`, `bad-message`, `not-canonical`. */
export function readBatch(bytes: Buffer): ReadBatch {
  let json = null as { readonly records?: unknown; readonly header?: unknown } | null;
  try {
    json = parseStrictly(bytes) as typeof json;
    const newer = newerFormatIn(json?.records);
    if (newer) throw new Refusal('format-unknown', newer);
    const batch = sealBatch(inBatch(json));
    if (!batch) throw new Refusal('not-canonical', 'a record holds text that is no Unicode');
    return { ok: true, batch };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, reason: error.reason, detail: error.detail, header: json?.header };
  }
}

/** More than a sitting of a whole day says. */
const OF_A_RECORD = { depth: 16, members: 10_000, values: 50_000 };

/** The first record that is none ends it: what is wrong with each of ten thousand takes seconds of everybody's to say. */
function inBatch(json: unknown): Batch {
  const records: unknown = (json as { readonly records?: unknown } | null)?.records;
  if (!Array.isArray(records) || records.length > MOST_RECORDS) return inShape(json, Batch);
  const tooMuch = records.findIndex((record) => !isWithinReason(record, OF_A_RECORD));
  if (tooMuch >= 0) throw new Refusal('bad-message', `records.${tooMuch}: it has more in it than any record`);
  const [first, ...others] = records;
  const batch = inShape({ ...(json as object), records: records.length > 0 ? [first] : [] }, Batch);
  return { ...batch, records: [...batch.records, ...others.map((record) => inShape(record, ExamRecord))] };
}
