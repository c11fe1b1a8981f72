import { type Exam, watchRule } from '../../../contract/words/exam.ts';
import { HOSTS, hostsOf } from '../../../contract/words/hosts.ts';
import { MAX_SKEW_MS } from '../../../contract/words/skew.ts';
import { saysClockWasSet } from '../../../proof/index.ts';
import { type Case, type Finding, msOf, mustHave, unlessBefore } from './facts.ts';

/** A timer may come late, and a clock stands a moment after what stopped it. */
const SLACK_MS = 60_000;

/** When it was: not before the station was known, not after it came in, and not for longer than there was time. */
export function judgeTimes(of: Case, exam: Exam): readonly Finding[] {
  const { record, here } = of;
  const { startedAt, submittedAt, activeMs, continues } = record;
  const [started, submitted] = [msOf(startedAt), msOf(submittedAt)];
  // What began elsewhere may have begun before this station was there.
  const begun = continues ? submitted : started;
  const span = submitted - started + MAX_SKEW_MS;
  const wallHolds = !mayClockHaveJumped(of, exam);
  return [
    ...mustHave(begun >= msOf(here.certifiedAt) - MAX_SKEW_MS, () => ({
      code: 'time-early',
      detail: `the station is known since ${here.certifiedAt}`,
    })),
    ...mustHave(submitted <= msOf(here.receivedAt) + MAX_SKEW_MS, () => ({
      code: 'time-ahead',
      detail: `handed in at ${submittedAt}, and it came at ${here.receivedAt}`,
    })),
    ...mustHave(!wallHolds || span >= 0, () => ({
      code: 'time-backwards',
      detail: `begun at ${startedAt}, handed in at ${submittedAt}`,
    })),
    ...mustHave(!wallHolds || span < 0 || activeMs <= span, () => ({
      code: 'time-over',
      detail: `${activeMs} ms of exam time between ${startedAt} and ${submittedAt}`,
    })),
    ...judgeDuration(of, exam),
  ];
}

/** Where somebody set the clock the record says so, or nobody was to write it down. */
const mayClockHaveJumped = ({ record }: Case, exam: Exam): boolean =>
  saysClockWasSet(record) || watchRule(exam, 'clock-set').action === 'note';

function judgeDuration(of: Case, exam: Exam): readonly Finding[] {
  const { record, facts } = of;
  const given = record.decisions.filter(({ action }) => action === 'extended');
  // Before there was room for it, nobody wrote down how much was given; and a machine that slept woke up late.
  if (given.some(({ ms }) => ms === undefined)) return [];
  if (record.incidents.some(({ reason }) => reason === 'suspended')) return [];
  const extraMs = (facts.candidate(record.candidateId)?.extraMinutes ?? 0) * 60_000;
  const most = exam.durationSeconds * 1000 + extraMs + given.reduce((sum, { ms = 0 }) => sum + ms, 0);
  return mustHave(record.activeMs <= most + SLACK_MS, () =>
    unlessBefore(of, 'time-over', 'exam-before', `${record.activeMs} ms of ${most} ms`),
  );
}

/** Where it was: shown where the exam may be sat, after what the station wrote before, and of a station that is known. */
export function judgePlace(of: Case, exam: Exam): readonly Finding[] {
  const { record, facts, here } = of;
  const { continues } = record;
  return [
    ...judgeHosts(of, exam),
    ...judgeLedger(of, exam),
    ...mustHave(!here.formTwice, () => ({ code: 'paper-twice', detail: record.form.seed })),
    ...mustHave(!continues || facts.isStation(continues.stationId), () => ({
      code: 'origin-unknown',
      detail: `${continues?.stationId}`,
    })),
  ];
}

function judgeHosts(of: Case, exam: Exam): readonly Finding[] {
  const { hosts, incidents } = of.record;
  const may = hostsOf(exam);
  if (!hosts)
    return mustHave(may.length === HOSTS.length, () => ({
      code: 'hosts-unsaid',
      detail: 'nobody wrote down where it was shown',
    }));
  // A station that comes up elsewhere stands still there, and says so.
  if (incidents.some(({ reason }) => reason === 'host-not-allowed')) return [];
  const other = hosts.find((host) => !may.includes(host));
  return mustHave(!other, () => unlessBefore(of, 'host-other', 'exam-before', `${other}`));
}

function judgeLedger(of: Case, exam: Exam): readonly Finding[] {
  const { record, here } = of;
  const { sequence } = record.ledger;
  const at = msOf(record.submittedAt);
  const { below, above, placeTaken } = here;
  if (placeTaken) return [{ code: 'ledger-back', detail: `another record is at ${sequence} too` }];
  if (mayClockHaveJumped(of, exam)) return [];
  if (below && msOf(below.submittedAt) > at + MAX_SKEW_MS)
    return [{ code: 'ledger-back', detail: `at ${sequence}, and ${below.sequence} was at ${below.submittedAt}` }];
  if (above && msOf(above.submittedAt) < at - MAX_SKEW_MS)
    return [{ code: 'ledger-back', detail: `at ${sequence}, and ${above.sequence} was at ${above.submittedAt}` }];
  return [];
}
