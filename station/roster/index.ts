import { randomUUID } from 'node:crypto';
import { type AssignedCandidate, type AssignedProctor, Assignment } from '../../contract/center-api.ts';
import { maskCitizenNumber } from '../../contract/citizen-number.ts';
import type { Exam } from '../../contract/exam.ts';
import { CandidateId, type ExamId, type Sha256 } from '../../contract/ids.ts';
import { hashOf } from '../../contract/proof/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import type { SeatLabel } from '../../contract/seat-label.ts';
import type { Who } from '../../contract/view.ts';
import { EMBEDDER, type Template, templateOf } from '../../native/face/index.ts';
import { type Database, migrate } from '../database/index.ts';
import type { Vault } from '../vault/index.ts';

export type Candidate = {
  readonly id: CandidateId;
  readonly name: string;
  /** Empty for a visitor. */
  readonly number: string;
  readonly examId: ExamId;
  readonly attemptsUsed: number;
  /** Hashes. */
  readonly photos: readonly string[];
  /** Where they sit, where seats were drawn. */
  readonly seat?: SeatLabel | undefined;
  /** More time than the exam gives. */
  readonly extraMinutes?: number | undefined;
};

/** Who may sit what here, as the center last said it, kept encrypted so that the station works without the center. */
export type Roster = {
  readonly assignment: Assignment | undefined;
  /**
   * Takes over what the center says. Templates of people no longer on the roster are erased.
   * @throws Refusal `signature-invalid` where the center said something newer before: an old roster, played back
   */
  apply(assignment: Assignment): void;
  findByNumber(number: string): Candidate | undefined;
  find(id: CandidateId): Candidate | undefined;
  /** @throws Refusal `no-exam` */
  exam(id: ExamId): Exam;
  readonly proctors: readonly AssignedProctor[];
  /** Photos that nobody looked at yet, or only a network that is no longer used. */
  withoutTemplate(): readonly { readonly id: CandidateId; readonly photo: string }[];
  /** Whether a photo of theirs is still to be looked at. */
  awaitsTemplate(id: CandidateId): boolean;
  /** Of all photos of this person; none where they are of another network than the one in use: they are enrolled anew. */
  template(id: CandidateId): Template | undefined;
  /** @param photo what it is of, or `null` for a visitor who stands before the camera */
  saveTemplate(id: CandidateId, photo: string | null, template: Template): void;
  /** Remembers, until the next start, that this photo gives no template. */
  refusePhoto(id: CandidateId, photo: string): void;
  /** A visitor lives only as long as the visit. */
  addVisitor(name: string, examId: ExamId): CandidateId;
  eraseVisitor(id: CandidateId): void;
  /** Those whose visit a power cut ended. */
  eraseVisitorsBut(id: CandidateId | undefined): void;
};

const SCHEMA = [
  `CREATE TABLE assignment (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
   CREATE TABLE candidates (id TEXT PRIMARY KEY, number_fingerprint TEXT UNIQUE, visitor INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
   CREATE TABLE templates (candidate TEXT PRIMARY KEY REFERENCES candidates (id) ON DELETE CASCADE, photo TEXT, sealed BLOB NOT NULL) STRICT;`,
  // Until then every template was one vector of this network.
  `ALTER TABLE templates ADD COLUMN model TEXT NOT NULL DEFAULT 'face-reidentification-retail-0095.onnx@f5759050';
   ALTER TABLE templates ADD COLUMN vectors INTEGER NOT NULL DEFAULT 1;`,
  // Several photos of one person; a visitor's template is of none.
  `CREATE TABLE templates_by_photo (
     candidate TEXT NOT NULL REFERENCES candidates (id) ON DELETE CASCADE, photo TEXT NOT NULL, sealed BLOB NOT NULL,
     model TEXT NOT NULL, vectors INTEGER NOT NULL, PRIMARY KEY (candidate, photo)) STRICT;
   INSERT INTO templates_by_photo SELECT candidate, coalesce(photo, ''), sealed, model, vectors FROM templates;
   DROP TABLE templates;
   ALTER TABLE templates_by_photo RENAME TO templates;`,
];

export function openRoster(database: Database, vault: Vault): Roster {
  migrate(database, 'roster', SCHEMA);
  let assignment = loadAssignment(database, vault);
  const refused = new Set<string>();
  let applied: Sha256 | undefined;

  const saveCandidate = (candidate: Candidate, visitor: boolean): void => {
    const fingerprint = visitor ? null : vault.fingerprint(candidate.number);
    database
      .prepare(
        `INSERT INTO candidates VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET number_fingerprint = excluded.number_fingerprint, sealed = excluded.sealed`,
      )
      .run(
        candidate.id,
        fingerprint,
        visitor ? 1 : 0,
        vault.seal(JSON.stringify(candidate), `candidate/${candidate.id}`),
      );
  };
  const read = (row: unknown): Candidate | undefined => {
    if (!row) return undefined;
    const { id, sealed } = row as { id: CandidateId; sealed: Buffer };
    const stored = JSON.parse(vault.open(sealed, `candidate/${id}`).toString('utf8')) as Candidate & OnePhoto;
    const { photo, photos = photo ? [photo] : [], ...rest } = stored;
    return { ...rest, photos };
  };

  const applyAll = database.transaction((next: Assignment) => {
    const listed = new Set<string>(next.candidates.map(({ id }) => id));
    const known = database.prepare<[], { id: string }>('SELECT id FROM candidates WHERE visitor = 0').all();
    for (const { id } of known) if (!listed.has(id)) database.prepare('DELETE FROM candidates WHERE id = ?').run(id);
    // Two people may swap a number that was mixed up: none is taken while they are written.
    database.prepare('UPDATE candidates SET number_fingerprint = NULL WHERE visitor = 0').run();
    for (const candidate of next.candidates) {
      saveCandidate(candidate, false);
      // A photo that was taken back or replaced does not go on letting people in.
      database
        .prepare('DELETE FROM templates WHERE candidate = ? AND photo NOT IN (SELECT value FROM json_each(?))')
        .run(candidate.id, JSON.stringify(candidate.photos));
    }
    const sealed = vault.seal(JSON.stringify({ ...next, candidates: [] }), 'assignment');
    database
      .prepare('INSERT INTO assignment VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed')
      .run(sealed);
  });

  const seen = database.prepare('SELECT 1 FROM templates WHERE candidate = ? AND photo = ? AND model = ?');
  const unseenOf = (candidate: Candidate | undefined): { readonly id: CandidateId; readonly photo: string }[] => {
    const { id, photos = [] } = candidate ?? {};
    if (!id) return [];
    const unseen = photos.filter((photo) => !refused.has(`${id} ${photo}`) && !seen.get(id, photo, EMBEDDER));
    return unseen.map((photo) => ({ id, photo }));
  };

  const roster: Roster = {
    get assignment() {
      return assignment;
    },
    get proctors() {
      return assignment?.proctors ?? [];
    },
    apply(next) {
      if (assignment && next.issuedAt < assignment.issuedAt)
        throw new Refusal('signature-invalid', 'an older assignment');
      const { issuedAt: _, ...said } = next;
      const hash = hashOf(said);
      // Most rounds bring nothing new, and encrypting a large roster again takes its time.
      if (hash === applied) {
        assignment = { ...next, candidates: [] };
        return;
      }
      applyAll.immediate(next);
      applied = hash;
      assignment = { ...next, candidates: [] };
    },
    findByNumber: (number) =>
      read(
        database
          .prepare('SELECT id, sealed FROM candidates WHERE number_fingerprint = ?')
          .get(vault.fingerprint(number)),
      ),
    find: (id) => read(database.prepare('SELECT id, sealed FROM candidates WHERE id = ?').get(id)),
    exam(id) {
      const exam = assignment?.exams.find((one) => one.id === id);
      if (!exam) throw new Refusal('no-exam', id);
      return exam;
    },
    withoutTemplate() {
      const rows = database.prepare('SELECT id, sealed FROM candidates WHERE visitor = 0').all();
      return rows.flatMap((row) => unseenOf(read(row)));
    },
    awaitsTemplate: (id) => unseenOf(roster.find(id)).length > 0,
    template(id) {
      const rows = database
        .prepare<[string, string], { sealed: Buffer; vectors: number }>(
          'SELECT sealed, vectors FROM templates WHERE candidate = ? AND model = ? ORDER BY photo',
        )
        .all(id, EMBEDDER);
      const vectors = rows.flatMap((row) => vectorsIn(vault.open(row.sealed, `template/${id}`), row.vectors));
      return vectors.length > 0 ? templateOf(vectors) : undefined;
    },
    saveTemplate(id, photo, { model, vectors }) {
      const bytes = Buffer.concat(vectors.map((one) => new Uint8Array(one.buffer, one.byteOffset, one.byteLength)));
      database
        .prepare(
          `INSERT INTO templates (candidate, photo, sealed, model, vectors) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (candidate, photo) DO UPDATE
           SET sealed = excluded.sealed, model = excluded.model, vectors = excluded.vectors`,
        )
        .run(id, photo ?? '', vault.seal(bytes, `template/${id}`), model, vectors.length);
    },
    refusePhoto: (id, photo) => void refused.add(`${id} ${photo}`),
    addVisitor(name, examId) {
      const id = CandidateId.parse(`cd_visitor-${randomUUID()}`);
      saveCandidate({ id, name, number: '', examId, attemptsUsed: 0, photos: [] }, true);
      return id;
    },
    eraseVisitorsBut(id) {
      database.prepare('DELETE FROM candidates WHERE visitor = 1 AND id IS NOT ?').run(id ?? null);
    },
    eraseVisitor(id) {
      database.prepare('DELETE FROM candidates WHERE id = ? AND visitor = 1').run(id);
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
  return roster;
}

/** A candidate as stations wrote one down that knew one photo of each. */
type OnePhoto = { readonly photo?: string | null };

function vectorsIn(bytes: Uint8Array, count: number): Float32Array[] {
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}

/** Whose face templates are kept. */
export function templateOwners(database: Database): readonly CandidateId[] {
  migrate(database, 'roster', SCHEMA);
  const rows = database.prepare<[], { candidate: CandidateId }>('SELECT DISTINCT candidate FROM templates').all();
  return rows.map(({ candidate }) => candidate);
}

function loadAssignment(database: Database, vault: Vault): Assignment | undefined {
  const row = database.prepare('SELECT sealed FROM assignment').get() as { sealed: Buffer } | undefined;
  return row ? Assignment.parse(JSON.parse(vault.open(row.sealed, 'assignment').toString('utf8'))) : undefined;
}

/** What a screen may show of a candidate. */
export const whoIs = (candidate: Pick<AssignedCandidate, 'name' | 'number'>): Who => ({
  name: candidate.name,
  number: candidate.number === '' ? '' : maskCitizenNumber(candidate.number),
  visitor: candidate.number === '',
});
