import type { CandidateId, ExamId, LessonId, TenantId } from '../../../contract/words/ids.ts';
import { mergeProgress } from '../../../contract/words/learning.ts';
import { PackageState } from '../../../contract/words/scorm.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import { Before } from '../../core/sitting/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { openTenantKeys, type TenantKeys } from '../tenant-keys/index.ts';

/**
 * How far each candidate has come with each course, by the sittings of this station: where the next one goes on. All of it
 * follows from the ledger; a sitting is noted when it is marked, and doing so twice changes nothing.
 */
export type StudyBook = {
  note(candidate: CandidateId, course: ExamId, came: Before): void;
  /** Nothing where nobody studied it here. */
  of(candidate: CandidateId, course: ExamId): Before | undefined;
  /** Puts what a package wants to find again in place of what it left before. */
  keepState(candidate: CandidateId, course: ExamId, lesson: LessonId, state: PackageState): void;
  /** Nothing where it left nothing. */
  stateOf(candidate: CandidateId, course: ExamId, lesson: LessonId): PackageState | undefined;
};

type StateBook = Pick<StudyBook, 'keepState' | 'stateOf'>;

/** The book of whose station it is, and apart from it those of its guests. */
export type Studies = { book(guest: TenantId | undefined): StudyBook };

const SCHEMA = [
  `CREATE TABLE studies (
     tenant TEXT NOT NULL, candidate TEXT NOT NULL, exam TEXT NOT NULL, sealed BLOB NOT NULL,
     PRIMARY KEY (tenant, candidate, exam)) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE package_states (
     tenant TEXT NOT NULL, candidate TEXT NOT NULL, exam TEXT NOT NULL, lesson TEXT NOT NULL, sealed BLOB NOT NULL,
     PRIMARY KEY (tenant, candidate, exam, lesson)) STRICT;`,
];

/** @param keys of the guests; opened here where nobody else has a use for them */
export function openStudies(
  database: Database,
  vault: Vault,
  keys: Pick<TenantKeys, 'vaultOf'> = openTenantKeys(database, vault),
): Studies {
  migrate(database, 'learning', SCHEMA);
  return {
    book: (guest) =>
      guest ? openBook(database, () => keys.vaultOf(guest), guest) : openBook(database, () => vault, ''),
  };
}

/** Needs no key. */
export function studiesEraser(database: Database): (guest: TenantId) => void {
  migrate(database, 'learning', SCHEMA);
  const erase = ['studies', 'package_states'].map((table) => database.prepare(`DELETE FROM ${table} WHERE tenant = ?`));
  return (guest) => {
    for (const statement of erase) statement.run(guest);
  };
}

function openBook(database: Database, vault: () => Vault, tenant: TenantId | ''): StudyBook {
  const put = database.prepare(
    `INSERT INTO studies VALUES (?, ?, ?, ?)
     ON CONFLICT (tenant, candidate, exam) DO UPDATE SET sealed = excluded.sealed`,
  );
  const get = database.prepare<[string, string, string], { sealed: Buffer }>(
    'SELECT sealed FROM studies WHERE tenant = ? AND candidate = ? AND exam = ?',
  );
  const of: StudyBook['of'] = (candidate, course) => {
    const row = get.get(tenant, candidate, course);
    if (!row) return undefined;
    return Before.parse(JSON.parse(vault().open(row.sealed, contextOf(candidate, course)).toString('utf8')));
  };
  const note = database.transaction((...[candidate, course, came]: Parameters<StudyBook['note']>) => {
    const all = joined(course, of(candidate, course), came);
    put.run(tenant, candidate, course, vault().seal(JSON.stringify(all), contextOf(candidate, course)));
  });
  return { of, note: (...all) => note.immediate(...all), ...openStates(database, vault, tenant) };
}

function openStates(database: Database, vault: () => Vault, tenant: TenantId | ''): StateBook {
  const put = database.prepare(
    `INSERT INTO package_states VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (tenant, candidate, exam, lesson) DO UPDATE SET sealed = excluded.sealed`,
  );
  const get = database.prepare<[string, string, string, string], { sealed: Buffer }>(
    'SELECT sealed FROM package_states WHERE tenant = ? AND candidate = ? AND exam = ? AND lesson = ?',
  );
  const contextOfLesson = (...[candidate, course, lesson]: Parameters<StudyBook['stateOf']>) =>
    `package/${candidate}/${course}/${lesson}`;
  return {
    keepState(candidate, course, lesson, state) {
      const sealed = vault().seal(JSON.stringify(state), contextOfLesson(candidate, course, lesson));
      put.run(tenant, candidate, course, lesson, sealed);
    },
    stateOf(candidate, course, lesson) {
      const row = get.get(tenant, candidate, course, lesson);
      if (!row) return undefined;
      const text = vault()
        .open(row.sealed, contextOfLesson(candidate, course, lesson))
        .toString('utf8');
      return PackageState.parse(JSON.parse(text));
    },
  };
}

/** Nothing that was reached is lost; of two answers to one item the later one stands. */
function joined(examId: ExamId, before: Before | undefined, came: Before): Before {
  if (!before) return came;
  const { lessons } = mergeProgress({ examId, lessons: before.lessons }, { examId, lessons: came.lessons });
  const answers = new Map([...before.answers, ...came.answers].map((answer) => [answer.itemId, answer]));
  return { lessons, answers: [...answers.values()] };
}

const contextOf = (candidate: CandidateId, course: ExamId): string => `study/${candidate}/${course}`;
