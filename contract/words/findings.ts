import { z } from 'zod';

/** What a center finds in a record that does not fit what it knows: the record is disputed until somebody decides. */
export const DISPUTES = [
  // the exam and its paper
  'exam-unknown',
  'exam-other',
  'paper-unknown',
  'paper-other',
  'paper-twice',
  // marks
  'answer-other',
  'marks-other',
  'limits-other',
  'passed-other',
  // people
  'candidate-unknown',
  'exam-not-theirs',
  'attempts-exceeded',
  'sat-twice',
  'proctor-unknown',
  'unlock-missing',
  'override-missing',
  'second-missing',
  'command-unknown',
  // time and place
  'time-early',
  'time-ahead',
  'time-backwards',
  'time-over',
  'host-other',
  'origin-unknown',
  'ledger-back',
  // against what was seen of its station's ledger and clock
  'ledger-rewritten',
  'time-contradicted',
  // courses
  'study-other',
  // a record that judging itself stumbles over
  'judging-failed',
] as const;

/** Why something of a record cannot be judged: the center has not always kept all that it would take. */
const UNJUDGED = ['exam-before', 'paper-before', 'roster-before', 'hosts-unsaid'] as const;

const FINDINGS = [...DISPUTES, ...UNJUDGED] as const;
export const FindingCode = z.enum(FINDINGS);
export type FindingCode = z.infer<typeof FindingCode>;

const unjudged: ReadonlySet<FindingCode> = new Set(UNJUDGED);
export const isDispute = (code: FindingCode): boolean => !unjudged.has(code);

/** `disputed`: something does not fit. `unjudged`: nothing is known not to fit, and not all is known. */
export const Verdict = z.enum(['sound', 'disputed', 'unjudged']);
export type Verdict = z.infer<typeof Verdict>;

export const verdictOn = (codes: readonly FindingCode[]): Verdict =>
  codes.some(isDispute) ? 'disputed' : codes.length > 0 ? 'unjudged' : 'sound';
