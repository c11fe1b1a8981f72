import type { CandidateId, ExamId, Instant, TenantId } from '../../../contract/words/ids.ts';
import { instant } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/**
 * Who may go through a gate, and how long: whoever passed its test is not asked again at every shift. Of a firm that uses this
 * station by a grant each is the firm's own: another may know somebody else, or another test, by the same id.
 */
export type Passes = {
  /** @returns until when */
  issue(candidate: CandidateId, exam: ExamId, hours: number, guest?: TenantId): Instant;
  /** Until when, where there is a pass that is not over. */
  validUntil(candidate: CandidateId, exam: ExamId, guest?: TenantId): Instant | undefined;
};

const SCHEMA = [
  `CREATE TABLE passes (
     candidate TEXT NOT NULL, exam TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (candidate, exam)
   ) STRICT, WITHOUT ROWID;`,
  // Several firms; without an id, whose station it is.
  `CREATE TABLE passes_by_tenant (
     tenant TEXT NOT NULL, candidate TEXT NOT NULL, exam TEXT NOT NULL, until TEXT NOT NULL,
     PRIMARY KEY (tenant, candidate, exam)) STRICT, WITHOUT ROWID;
   INSERT INTO passes_by_tenant SELECT '', candidate, exam, until FROM passes;
   DROP TABLE passes;
   ALTER TABLE passes_by_tenant RENAME TO passes;`,
];
const HOUR_MS = 3_600_000;

export function openPasses(database: Database, clock: Clock): Passes {
  migrate(database, 'passes', SCHEMA);
  return {
    issue(candidate, exam, hours, guest) {
      const until = instant(new Date(Date.parse(clock.wall()) + hours * HOUR_MS));
      database
        .prepare(
          'INSERT INTO passes VALUES (?, ?, ?, ?) ON CONFLICT (tenant, candidate, exam) DO UPDATE SET until = excluded.until',
        )
        .run(guest ?? '', candidate, exam, until);
      return until;
    },
    validUntil: (candidate, exam, guest) =>
      database
        .prepare<[string, string, string, string], { until: Instant }>(
          'SELECT until FROM passes WHERE tenant = ? AND candidate = ? AND exam = ? AND until > ?',
        )
        .get(guest ?? '', candidate, exam, clock.wall())?.until,
  };
}

export function passesEraser(database: Database): (guest: TenantId) => void {
  migrate(database, 'passes', SCHEMA);
  return (guest) => void database.prepare('DELETE FROM passes WHERE tenant = ?').run(guest);
}
