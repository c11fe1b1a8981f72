import type { ToldProblem } from '../../contract/platform/told-results.ts';
import type { ExamId, Instant, Sha256 } from '../../contract/words/ids.ts';

export type ToldMode = 'formal' | 'mock' | 'gate' | 'learning';

/** Of whom a result is said to be: by name and number; or by an id that another center has made of the number. */
export type SaidWho =
  | { readonly name: string; readonly number: string }
  | { readonly madeId: string; readonly recordHash: Sha256 };

/** A result as a file says it. */
export type SaidResult = {
  readonly who: SaidWho;
  /** Name or licence number of the firm, where the file says it. */
  readonly firm?: string | undefined;
  readonly exam: string;
  readonly examId: ExamId | null;
  readonly mode: ToldMode;
  readonly marks: number;
  readonly fullMarks: number;
  readonly passed: boolean | null;
  readonly submittedAt: Instant;
};

/** What is wrong, and with which part of it. */
export type Problem = { readonly problem: ToldProblem; readonly detail?: string | undefined };

/** A row of a file: what it says, or why it cannot be read. */
export type ReadRow = { readonly row: number; readonly ownId: string; readonly name: string } & (
  | { readonly said: SaidResult }
  | Problem
);
export type ReadFile = { readonly rows: readonly ReadRow[]; readonly ignored: readonly string[] };

export const isProblem = <T extends object>(value: T | Problem): value is Problem => 'problem' in value;

const LONGEST = { id: 100, name: 60, title: 200, firm: 100 } as const;
export const isText = (text: string, of: keyof typeof LONGEST): boolean =>
  text.length <= LONGEST[of] && text.isWellFormed() && !/\p{Cc}/u.test(text);

const MOST_MARKS = 10_000;
/** Marks as they are given anywhere: two decimals at most, and not more than there are. */
export function marksProblem(marks: number, fullMarks: number): Problem | undefined {
  if (![marks, fullMarks].every((one) => Number.isFinite(one) && one >= 0 && one <= MOST_MARKS))
    return { problem: 'marks-unclear' };
  return marks > fullMarks ? { problem: 'marks-over' } : undefined;
}

/** Nobody was examined with a computer before 1970, and a year of five digits is none. */
export const isToldTime = (at: Date): boolean => at.getTime() >= 0 && at.getTime() < FARTHEST;
const FARTHEST = Date.parse('+010000-01-01T00:00:00Z');
