/**
 * What whoever reads a proof should know although nothing in it is wrong: `verify` says so beside its verdict. The
 * sentences are in `messages/`, as `remark.` and the code.
 */
export type RemarkCode =
  // about the file
  | 'key-self-stated'
  | 'log-not-shown'
  | 'reason-unknown'
  | 'dated-ahead'
  // about its results
  | 'logged-late'
  | 'logged-before-sat'
  | 'marks-unexplained'
  | 'pass-marks-none'
  | 'not-formal'
  | 'host-not-locked'
  | 'identity-overridden'
  | 'incident-confirmed'
  | 'clock-moved'
  | 'time-contradicted'
  | 'active-longer'
  | 'entry-outside'
  // about several files
  | 'batches-missing'
  | 'batch-replaced'
  | 'batch-unlinked'
  | 'record-again'
  | 'exam-twice'
  | 'station-key-other';

export type Remark = { readonly code: RemarkCode; readonly values: Readonly<Record<string, string | number>> };
