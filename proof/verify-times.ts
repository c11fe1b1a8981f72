import type { ExamRecord } from '../contract/records/index.ts';
import type { Instant } from '../contract/words/ids.ts';
import { MAX_SKEW_MS } from '../contract/words/skew.ts';
import { saysClockWasSet } from './time.ts';
import { no, type Rejection } from './verdict.ts';

/** Who signed when: all that a proof file says of its time besides its records. */
export type Signed = {
  /** When the center vouched for the station first. */
  readonly issuedAt: Instant;
  /** When it vouched for the key that signed the batch. */
  readonly keyIssuedAt: Instant;
  readonly createdAt: Instant;
  /** When the center had logged it; nothing where it has not. */
  readonly loggedAt: Instant | undefined;
};

/** Nothing of this program is older. A clock that was never set says 1970. */
const FIRST = '2026-01-01T00:00:00.000Z' as Instant;

/**
 * Since when records are held to the sum of their answers and a log to the time of what is in it. What was sat and logged
 * before, by the center's own time, was proven then and is so still, with a remark.
 */
const HELD_SINCE = '2026-11-27T00:00:00.000Z' as Instant;

export const wasProvenBefore = ({ submittedAt }: Pick<ExamRecord, 'submittedAt'>, { loggedAt }: Signed): boolean =>
  loggedAt !== undefined && loggedAt < HELD_SINCE && submittedAt < HELD_SINCE;

/** Whether one comes so long after another that no clock that is merely off explains it. */
export const isWellAfter = (late: Instant, early: Instant): boolean =>
  Date.parse(late) - Date.parse(early) > MAX_SKEW_MS;

/** What was done, and when. */
type Moment = readonly [string, Instant];

const whyNot = (whose: string, [first, from]: Moment, [second, to]: Moment): Rejection | undefined =>
  isWellAfter(from, to) ? no('times-inconsistent', `${whose}: ${first} ${from}, and ${second} ${to}`) : undefined;

/** Why what was signed cannot have come about in the order in which it must: certificate, exam, batch, log. */
export function whyOutOfOrder(records: readonly ExamRecord[], signed: Signed): Rejection | undefined {
  const { issuedAt, keyIssuedAt, createdAt, loggedAt } = signed;
  const oldest = [issuedAt, createdAt, ...(loggedAt ? [loggedAt] : [])].find((at) => at < FIRST);
  if (oldest) return no('times-inconsistent', `something was signed ${oldest}, and this program began ${FIRST}`);
  for (const record of records) {
    const why = whyRecordIsOutOfOrder(record, signed);
    if (why) return why;
  }
  const early = whyNot('the batch', ['its key was certified', keyIssuedAt], ['was made', createdAt]);
  if (early && keyIssuedAt !== issuedAt) return early;
  if (!loggedAt || records.every((record) => wasProvenBefore(record, signed))) return undefined;
  return whyNot('the batch', ['was made', createdAt], ['was logged', loggedAt]);
}

function whyRecordIsOutOfOrder(record: ExamRecord, signed: Signed): Rejection | undefined {
  const { sittingId, startedAt, submittedAt } = record;
  const { issuedAt, createdAt, loggedAt } = signed;
  const [began, over]: readonly [Moment, Moment] = [
    ['began', startedAt],
    ['was handed in', submittedAt],
  ];
  const logged = loggedAt && !wasProvenBefore(record, signed) ? loggedAt : undefined;
  return (
    // What goes on here from another station began under that one's certificate.
    whyNot(sittingId, ['its station was certified', issuedAt], record.continues ? over : began) ??
    (tellsOfItsClock(record) ? undefined : whyNot(sittingId, began, over)) ??
    whyNot(sittingId, over, ['its batch was made', createdAt]) ??
    (logged && whyNot(sittingId, over, ['it was logged', logged]))
  );
}

/**
 * Whether the wall clock may have been another one at its end than at its beginning, and the record says so: it was set, the
 * station was off in between, or another one. The exam itself is timed by a clock that nobody sets.
 */
export const tellsOfItsClock = (record: ExamRecord): boolean =>
  record.continues !== undefined ||
  saysClockWasSet(record) ||
  ('time' in record && (record.time?.boots ?? 0) > 0) ||
  record.incidents.some(({ reason }) => reason === 'station-restarted' || reason === 'suspended');
