import { ResultReceipt } from '../../contract/records/result-receipt.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { bareId, packTexts, textsIn } from '../packed-texts.ts';

/**
 * A statement as the bytes that are signed, as few as a picture that is drawn and photographed should hold:
 * version, flags, time (6 bytes), hash (32), candidate (16), then each text with its length before it. Frozen with its version.
 */
const VERSION = 1;
const MODES = ['formal', 'mock', 'gate', 'learning'] as const;
const [TIME, HASH, CANDIDATE, TEXTS] = [2, 8, 40, 56];

export function pack(receipt: ResultReceipt): Uint8Array {
  const { passed, mode, submittedAt, recordHash, candidate } = receipt;
  const head = Buffer.alloc(TEXTS);
  head[0] = VERSION;
  head[1] = (passed ? 1 : 0) | (MODES.indexOf(mode) << 1);
  head.writeUIntBE(Date.parse(submittedAt), TIME, HASH - TIME);
  head.write(recordHash, HASH, 'hex');
  head.write(candidate, CANDIDATE, 'hex');
  const { stationId, sittingId, examId, marks } = receipt;
  const texts = [bareId(stationId), bareId(sittingId), bareId(examId), String(marks)];
  return Buffer.concat([head, packTexts(texts)]);
}

/** @returns nothing where {@link pack} never writes this */
export function unpack(bytes: Uint8Array): ResultReceipt | undefined {
  const from = Buffer.from(bytes);
  const [mode] = [MODES[(from[1] ?? 0) >> 1]];
  if (from.length < TEXTS || !mode) return undefined;
  const [stationId, sittingId, examId, marks, ...more] = textsIn(from.subarray(TEXTS));
  if (marks === undefined || more.length > 0) return undefined;
  const { data } = ResultReceipt.safeParse({
    format: 'exam-station/result-receipt@1',
    ...{ stationId: `st_${stationId}`, sittingId: `si_${sittingId}`, examId: `ex_${examId}`, mode },
    submittedAt: timeOf(from.readUIntBE(TIME, HASH - TIME)),
    recordHash: from.toString('hex', HASH, CANDIDATE),
    candidate: from.toString('hex', CANDIDATE, TEXTS),
    ...{ marks: Number(marks), passed: ((from[1] ?? 0) & 1) === 1 },
  });
  return data && Buffer.from(pack(data)).equals(from) ? data : undefined;
}

/** Six bytes can say a time that no calendar has. */
function timeOf(ms: number): Instant | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : (date.toISOString() as Instant);
}
