import { type ExamRecord, reasonsOf } from '../contract/records/index.ts';
import type { Instant } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { isKnown } from '../contract/words/reasons.ts';
import type { Remark, RemarkCode } from '../contract/words/remarks.ts';
import { MAX_SKEW_MS } from '../contract/words/skew.ts';
import { saysClockWasSet, timeDoubts } from './time.ts';
import { isSumOfAnswers } from './verify-record.ts';
import { isWellAfter, type Signed, tellsOfItsClock } from './verify-times.ts';

const [HOUR_MS, DAY_MS] = [3_600_000, 24 * 3_600_000];

/** What whoever asks wants to be told of. */
export type VerifyPolicy = {
  /** How long after it was sat a result may be logged before that is remarked, in milliseconds. */
  readonly maxGapMs?: number | undefined;
  /** The time it is now, where whoever asks has a clock: nothing can have been signed after it. */
  readonly now?: Instant | undefined;
};
const USUAL_GAP_MS = 72 * HOUR_MS;

/** Check-in, and a wait for the proctor, come before an exam begins. */
const BEFORE_MS = 12 * HOUR_MS;

/** What is true of a record that whoever reads its proof should know. */
const ABOUT_A_RECORD: readonly (readonly [
  RemarkCode,
  (record: ExamRecord, signed: Signed, centerKey: PublicKey) => boolean,
])[] = [
  [
    'logged-before-sat',
    ({ submittedAt }, { loggedAt }) => loggedAt !== undefined && isWellAfter(submittedAt, loggedAt),
  ],
  ['marks-unexplained', (record) => !isSumOfAnswers(record)],
  ['pass-marks-none', ({ exam, passMarks }) => exam.mode === 'formal' && passMarks === 0],
  ['not-formal', ({ exam }) => exam.mode === 'mock'],
  ['host-not-locked', ({ exam, hosts }) => exam.mode === 'formal' && (hosts ?? []).some((host) => host !== 'kiosk')],
  ['identity-overridden', ({ identity }) => identity.how === 'overridden'],
  ['incident-confirmed', ({ passed, decisions }) => passed && hasConfirmed(decisions)],
  ['clock-moved', isClockMoved],
  [
    'time-contradicted',
    (record, _, centerKey) => timeDoubts(record, centerKey).some(({ reason }) => reason === 'time-contradicted'),
  ],
  ['active-longer', isActiveLonger],
  ['entry-outside', hasEntryOutside],
];

/** A remark on several records says on how many, and names the first. */
export function remarksOn(
  records: readonly ExamRecord[],
  signed: Signed,
  centerKey: PublicKey,
  { maxGapMs = USUAL_GAP_MS, now }: VerifyPolicy,
): readonly Remark[] {
  const { loggedAt } = signed;
  const remarks: Remark[] = [];
  const gapsMs = records.map(({ submittedAt }) => (loggedAt ? Date.parse(loggedAt) - Date.parse(submittedAt) : 0));
  const late = gapsMs.filter((ms) => ms > maxGapMs);
  if (late.length > 0)
    remarks.push({
      code: 'logged-late',
      values: { records: late.length, days: Math.ceil(late.reduce((most, ms) => Math.max(most, ms), 0) / DAY_MS) },
    });
  for (const [code, isSo] of ABOUT_A_RECORD) {
    const [first, ...others] = records.filter((record) => isSo(record, signed, centerKey));
    if (first) remarks.push({ code, values: { records: others.length + 1, sitting: first.sittingId } });
  }
  const unknown = unknownReasonsIn(records);
  remarks.push(...unknown.map((word): Remark => ({ code: 'reason-unknown', values: { word } })));
  const newest = [loggedAt ?? signed.createdAt, ...records.map(({ submittedAt }) => submittedAt)].toSorted().at(-1);
  if (now && newest && isWellAfter(newest, now)) remarks.push({ code: 'dated-ahead', values: { at: newest } });
  return remarks;
}

/** Words for reasons that this program does not know: a newer one wrote them. Each once. */
export const unknownReasonsIn = (records: readonly ExamRecord[]) =>
  [...new Set(records.flatMap(reasonsOf))].filter((code) => !isKnown(code));

/** The newest verdict on an incident stands. */
function hasConfirmed(decisions: ExamRecord['decisions']): boolean {
  const verdicts = new Map(
    decisions.flatMap(({ incidentId, verdict }) => (incidentId && verdict ? [[incidentId, verdict] as const] : [])),
  );
  return [...verdicts.values()].includes('confirmed');
}

function isClockMoved(record: ExamRecord): boolean {
  return isWellAfter(record.startedAt, record.submittedAt) || saysClockWasSet(record);
}

/** More exam time than passed on the wall: its clock was set back, or one of the two is made up. */
function isActiveLonger({ startedAt, submittedAt, activeMs }: ExamRecord): boolean {
  return activeMs > Math.max(0, Date.parse(submittedAt) - Date.parse(startedAt)) + MAX_SKEW_MS;
}

function hasEntryOutside(record: ExamRecord): boolean {
  if (tellsOfItsClock(record)) return false;
  const { startedAt, submittedAt, incidents, decisions } = record;
  const from = Date.parse(startedAt) - BEFORE_MS;
  return [...incidents, ...decisions].some(({ at }) => Date.parse(at) < from || isWellAfter(at, submittedAt));
}
