import type { CandidateId, ExamId, GrantId, Instant, SittingId, TenantId } from '../../../contract/words/ids.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** An exam that counts and began here: the center tells the other stations, so that nobody sits two at once. */
export type Begun = {
  readonly sitting: SittingId;
  readonly candidate: CandidateId;
  readonly exam: ExamId;
  /** Under which it began here. */
  readonly grant?: GrantId;
  /** The firm that has the grant. */
  readonly guest?: TenantId;
};
export type BegunState = 'begun' | 'over';

export type Beginnings = {
  /** @returns whether it was not known yet */
  begin(begun: Begun): boolean;
  /** All others are over, which is the case where nobody sits here, too. @returns whether any was not yet */
  overBut(sitting: SittingId | undefined): boolean;
  /** What the center has not heard of yet. */
  untold(): readonly (Begun & { readonly state: BegunState })[];
  /** The one that goes on here, where the center has heard of it. */
  running(): Begun | undefined;
  /** @param countedAt the center's time, where it wrote it down */
  told(sitting: SittingId, state: BegunState, countedAt?: Instant): void;
  /** Whether the center had counted it as an attempt by then. */
  isCounted(sitting: SittingId, by: Instant): boolean;
};

type Row = {
  readonly sitting: SittingId;
  readonly candidate: CandidateId;
  readonly exam: ExamId;
  readonly grant: GrantId | null;
  readonly state: BegunState;
};

const SCHEMA = [
  `CREATE TABLE beginnings (sitting TEXT PRIMARY KEY, candidate TEXT NOT NULL, exam TEXT NOT NULL, grant_id TEXT,
     state TEXT NOT NULL DEFAULT 'begun', told TEXT, counted_at TEXT) STRICT;`,
  // Both are asked for all the time, and are a few of all that ever began here.
  `CREATE INDEX beginnings_untold ON beginnings (sitting) WHERE told IS NOT state;
   CREATE INDEX beginnings_begun ON beginnings (sitting) WHERE state = 'begun';`,
  // Several firms; without an id, whose station it is. Of those before nobody knows which one had the grant.
  `ALTER TABLE beginnings ADD COLUMN tenant TEXT;
   UPDATE beginnings SET tenant = '' WHERE grant_id IS NULL;`,
];
const COLUMNS = 'sitting, candidate, exam, grant_id AS "grant", state';

export function openBeginnings(database: Database): Beginnings {
  migrate(database, 'beginnings', SCHEMA);
  const put = database.prepare(
    'INSERT OR IGNORE INTO beginnings (sitting, candidate, exam, grant_id, tenant) VALUES (?, ?, ?, ?, ?)',
  );
  const end = database.prepare(
    "UPDATE beginnings INDEXED BY beginnings_begun SET state = 'over' WHERE state = 'begun' AND sitting <> ?",
  );
  const open = database.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM beginnings INDEXED BY beginnings_untold WHERE told IS NOT state ORDER BY rowid`,
  );
  const now = database.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM beginnings INDEXED BY beginnings_begun WHERE state = 'begun' AND told = 'begun'`,
  );
  const settle = database.prepare(
    'UPDATE beginnings SET told = ?, counted_at = coalesce(counted_at, ?) WHERE sitting = ?',
  );
  const counted = database.prepare('SELECT 1 FROM beginnings WHERE sitting = ? AND counted_at <= ?');
  return {
    begin: ({ sitting, candidate, exam, grant, guest }) =>
      put.run(sitting, candidate, exam, grant ?? null, guest ?? '').changes > 0,
    overBut: (sitting) => end.run(sitting ?? '').changes > 0,
    untold: () => open.all().map((row) => ({ ...begunOf(row), state: row.state })),
    running: () => now.all().map(begunOf)[0],
    told: (sitting, state, countedAt) => void settle.run(state, countedAt ?? null, sitting),
    isCounted: (sitting, by) => counted.get(sitting, by) !== undefined,
  };
}

/** Erases what began here under a guest's grants, and what was written down before it was known whose they are. Needs no key. */
export function beginningsEraser(database: Database): (guest: TenantId) => void {
  migrate(database, 'beginnings', SCHEMA);
  return (guest) => void database.prepare('DELETE FROM beginnings WHERE tenant IS NULL OR tenant = ?').run(guest);
}

const begunOf = ({ sitting, candidate, exam, grant }: Row): Begun => ({
  ...{ sitting, candidate, exam },
  ...(grant ? { grant } : {}),
});
