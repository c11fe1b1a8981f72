import type { ExamRecord } from '../../../contract/records/index.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { FindingCode } from '../../../contract/words/findings.ts';
import type {
  BankId,
  CandidateId,
  CommandId,
  ExamId,
  Instant,
  LessonId,
  ProctorId,
  SittingId,
  StationId,
  UnlockWindowId,
} from '../../../contract/words/ids.ts';
import type { Bank } from '../../../contract/words/items.ts';

/** One thing that does not fit, or cannot be told. `detail` is for staff: what was found, and what was expected. */
export type Finding = { readonly code: FindingCode; readonly detail: string };

/** A proctor's word that went by way of the center: whose it was, and for which exam. */
export type GivenWord = { readonly by: ProctorId; readonly second?: ProctorId | undefined; readonly examId: ExamId };

/** Another record of the same station, by its place in the station's ledger. */
export type LedgerPlace = { readonly sequence: number; readonly submittedAt: Instant };

/** What a center knows of a candidate who is or was on the roster. */
export type KnownCandidate = {
  /** Every exam that was ever theirs. */
  readonly exams: ReadonlySet<ExamId>;
  /** The most that was ever registered for them, in minutes. */
  readonly extraMinutes: number;
};

/** What was known of a course that somebody studies before the record that is judged. */
export type StudiedBefore = ReadonlyMap<LessonId, { readonly seconds: number; readonly complete: boolean }>;

/** All that records of one firm are held against. The pure middle asks these, and nothing else. */
export type Facts = {
  /** From when on the center keeps all that records are judged by. */
  readonly since: Instant;
  readonly proctors: ReadonlySet<ProctorId>;
  readonly visitorExamId: ExamId | null;
  /** Every version that is known of an exam. */
  versionsOf(exam: ExamId): readonly Exam[];
  bankOf(bank: BankId): Bank | undefined;
  candidate(id: CandidateId): KnownCandidate | undefined;
  wordOf(via: CommandId | UnlockWindowId): GivenWord | undefined;
  isStation(id: StationId): boolean;
};

/** What is known of one record besides what it says. */
export type Circumstances = {
  readonly receivedAt: Instant;
  /** When the center vouched for the station. */
  readonly certifiedAt: Instant;
  /** Runs of this exam that this candidate had used up by the records that were logged before. */
  readonly runsBefore: number;
  /** Other runs that count of the same person at the same time, whichever was logged first. */
  readonly meanwhile: readonly SittingId[];
  /** Whether another run at this station has the same form. */
  readonly formTwice: boolean;
  /** Records of the station that were logged before, next to this one in its ledger. */
  readonly below?: LedgerPlace | undefined;
  readonly above?: LedgerPlace | undefined;
  /** Whether a record that was logged before has this very place in the ledger. */
  readonly placeTaken: boolean;
  readonly studied: StudiedBefore;
  /** What was found of it when it came in, by what was seen of its station. */
  readonly onArrival: readonly Finding[];
  /** The series of forms behind the seed, where its station has revealed it. */
  readonly series?: string | undefined;
};

/** A record, the exam as one version of it says, and what is known. */
export type Case = {
  readonly record: ExamRecord;
  readonly facts: Facts;
  readonly here: Circumstances;
};

export const msOf = (at: Instant): number => Date.parse(at);

/**
 * A finding about what the center may not have kept when the record was made: until then an exam was known only as it was
 * put last, and a candidate only with their last exam.
 */
export const unlessBefore = (
  { record, facts }: Case,
  code: FindingCode,
  before: FindingCode,
  detail: string,
): Finding => ({ code: record.startedAt < facts.since ? before : code, detail });

export const mustHave = (holds: boolean, finding: () => Finding): readonly Finding[] => (holds ? [] : [finding()]);
