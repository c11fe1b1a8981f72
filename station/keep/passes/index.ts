import type { CandidateId, ExamId, Instant } from '../../../contract/words/ids.ts';
import { instant } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** Who may go through a gate, and how long: whoever passed its test is not asked again at every shift. */
export type Passes = {
  /** @returns until when */
  issue(candidate: CandidateId, exam: ExamId, hours: number): Instant;
  /** Until when, where there is a pass that is not over. */
  validUntil(candidate: CandidateId, exam: ExamId): Instant | undefined;
};

const SCHEMA = [
  `CREATE TABLE passes (
     candidate TEXT NOT NULL, exam TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (candidate, exam)
   ) STRICT, WITHOUT ROWID;`,
];
const HOUR_MS = 3_600_000;

export function openPasses(database: Database, clock: Clock): Passes {
  migrate(database, 'passes', SCHEMA);
  return {
    issue(candidate, exam, hours) {
      const until = instant(new Date(Date.parse(clock.wall()) + hours * HOUR_MS));
      database
        .prepare(
          'INSERT INTO passes VALUES (?, ?, ?) ON CONFLICT (candidate, exam) DO UPDATE SET until = excluded.until',
        )
        .run(candidate, exam, until);
      return until;
    },
    validUntil: (candidate, exam) =>
      database
        .prepare<[string, string, string], { until: Instant }>(
          'SELECT until FROM passes WHERE candidate = ? AND exam = ? AND until > ?',
        )
        .get(candidate, exam, clock.wall())?.until,
  };
}
