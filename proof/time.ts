import type { ExamRecord } from '../contract/records/index.ts';
import { TimeStatement } from '../contract/records/time.ts';
import type { Instant, Sha256 } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { MAX_SKEW_MS } from '../contract/words/skew.ts';
import { hashOf } from './hash.ts';
import { verifyJws } from './jws.ts';

/** What a station asks the time with when a sitting begins: nobody can have asked it before the paper was drawn. */
export const timeNonce = ({
  sittingId,
  startedAt,
  formHash,
}: { readonly [K in 'sittingId' | 'startedAt' | 'formHash']: string }): Sha256 =>
  hashOf({ sittingId, startedAt, formHash });

/** @returns when the center signed it; nothing where it did not, or for another question or station */
export function verifyTime(
  token: string,
  { nonce, stationId }: Pick<TimeStatement, 'nonce' | 'stationId'>,
  centerKey: PublicKey,
): Instant | undefined {
  const { data } = TimeStatement.safeParse(verifyJws(token, 'exam-station/time', centerKey));
  return data?.nonce === nonce && data.stationId === stationId ? data.at : undefined;
}

/** What speaks against a record's times. */
export type TimeDoubt = {
  readonly reason: 'clock-set' | 'time-contradicted';
  /** For staff. */
  readonly detail: string;
};

/** Whether the record says that the wall clock was set while it was sat, or since the center last told the station the time. */
export const saysClockWasSet = (record: ExamRecord): boolean =>
  record.incidents.some(({ reason }) => reason === 'clock-set') ||
  ('time' in record && (record.time?.jumps.length ?? 0) > 0);

/** What a record says against its own times; nothing where it says nothing of them, or all agrees. */
export function timeDoubts(record: ExamRecord, centerKey: PublicKey): readonly TimeDoubt[] {
  if (!('time' in record) || !record.time) return [];
  const { lower, token, jumps } = record.time;
  const doubts: TimeDoubt[] = [];
  const total = jumps.map(({ ms }) => `${Math.round(ms / 1_000)} s`).join(', ');
  if (jumps.length > 0) doubts.push({ reason: 'clock-set', detail: total });
  // Where the clock was set back meanwhile, it was.
  if (record.submittedAt < record.startedAt && jumps.length === 0)
    doubts.push({ reason: 'time-contradicted', detail: `${record.submittedAt} is before ${record.startedAt}` });
  // What went on here began at another station, by another clock.
  if (record.continues) return doubts;
  if (lower && apart(record.startedAt, lower) < -MAX_SKEW_MS)
    doubts.push({
      reason: 'time-contradicted',
      detail: `it began at ${record.startedAt}, after the center said ${lower}`,
    });
  return token ? [...doubts, ...tokenDoubts(record, token, centerKey)] : doubts;
}

function tokenDoubts(record: ExamRecord, token: string, centerKey: PublicKey): readonly TimeDoubt[] {
  const { sittingId, startedAt, stationId, form } = record;
  const at = verifyTime(
    token,
    { nonce: timeNonce({ sittingId, startedAt, formHash: form.formHash }), stationId },
    centerKey,
  );
  if (!at) return [{ reason: 'time-contradicted', detail: 'the time it names was not signed for this sitting' }];
  if (Math.abs(apart(startedAt, at)) <= MAX_SKEW_MS) return [];
  return [{ reason: 'time-contradicted', detail: `it began at ${startedAt}, when it was ${at} at the center` }];
}

const apart = (one: Instant, other: Instant): number => Date.parse(one) - Date.parse(other);
