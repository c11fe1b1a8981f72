import { randomUUID } from 'node:crypto';
import type { OtherArrangements } from '../../../contract/words/arrangements.ts';
import { CandidateId, type ExamId, type TenantId, type TurnId, VISITOR_ID } from '../../../contract/words/ids.ts';
import type { CourseProgress } from '../../../contract/words/learning.ts';
import type { SeatLabel } from '../../../contract/words/seat-label.ts';
import type { Database } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

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
  /** What else is registered for them; nothing where an older program wrote them down. */
  readonly arrangements?: OtherArrangements | undefined;
  /** Turns of this room that they are signed up for. */
  readonly turns?: readonly TurnId[] | undefined;
  /** What they are to study besides, and how far they have come with it by what the center knows. */
  readonly courses?: readonly ExamId[] | undefined;
  readonly progress?: readonly CourseProgress[] | undefined;
};

/** Who may sit here: sealed, and found by a fingerprint of their number. */
export type Candidates = {
  find(id: CandidateId): Candidate | undefined;
  findByNumber(number: string): Candidate | undefined;
  /** Those on the roster. */
  listed(): readonly Candidate[];
  /** Only these are on the roster from now on. Within a transaction. */
  /** @param sits who stays although they are not among them */
  replace(candidates: readonly Candidate[], sits?: CandidateId): void;
  /** A visitor lives only as long as the visit. */
  addVisitor(name: string, examId: ExamId): CandidateId;
  eraseVisitor(id: CandidateId): void;
  /** Those whose visit a power cut ended. */
  eraseVisitorsBut(id: CandidateId | undefined): void;
};

type Row = { readonly id: CandidateId; readonly sealed: Buffer };
/** As stations wrote one down that knew one photo of each. */
type OnePhoto = { readonly photo?: string | null };

/** @param tenant whose they are: a guest's id, or nothing for those of whose station it is */
export function openCandidates(database: Database, vault: () => Vault, tenant: TenantId | ''): Candidates {
  const put = database.prepare(
    `INSERT INTO candidates VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (tenant, id) DO UPDATE SET number_fingerprint = excluded.number_fingerprint, sealed = excluded.sealed`,
  );
  const of = 'SELECT id, sealed FROM candidates WHERE tenant = ?';
  const byId = database.prepare<[string, string], Row>(`${of} AND id = ?`);
  const byNumber = database.prepare<[string, string], Row>(`${of} AND number_fingerprint = ?`);
  const onRoster = database.prepare<[string], Row>(`${of} AND visitor = 0`);
  const freeNumbers = database.prepare(
    'UPDATE candidates SET number_fingerprint = NULL WHERE tenant = ? AND visitor = 0',
  );
  const drop = database.prepare('DELETE FROM candidates WHERE tenant = ? AND id = ? AND visitor = 0');
  const dropVisitor = database.prepare('DELETE FROM candidates WHERE tenant = ? AND id = ? AND visitor = 1');
  const dropOtherVisitors = database.prepare('DELETE FROM candidates WHERE tenant = ? AND visitor = 1 AND id IS NOT ?');

  const contextOf = (id: CandidateId): string => `candidate/${id}`;
  const seal = (candidate: Candidate): Uint8Array => vault().seal(JSON.stringify(candidate), contextOf(candidate.id));
  const read = ({ id, sealed }: Row): Candidate => {
    const stored = JSON.parse(vault().open(sealed, contextOf(id)).toString('utf8')) as Candidate & OnePhoto;
    const { photo, photos = photo ? [photo] : [], ...rest } = stored;
    return { ...rest, photos };
  };
  const one = (row: Row | undefined): Candidate | undefined => row && read(row);
  return {
    find: (id) => one(byId.get(tenant, id)),
    findByNumber: (number) =>
      onRoster.get(tenant) ? one(byNumber.get(tenant, vault().fingerprint(number))) : undefined,
    listed: () => onRoster.all(tenant).map(read),
    replace(candidates, sits) {
      const listed = new Set<string>(candidates.map(({ id }) => id));
      for (const { id } of onRoster.all(tenant)) if (!listed.has(id) && id !== sits) drop.run(tenant, id);
      // Two people may swap a number that was mixed up: none is taken while they are written.
      freeNumbers.run(tenant);
      for (const candidate of candidates)
        put.run(tenant, candidate.id, vault().fingerprint(candidate.number), 0, seal(candidate));
    },
    addVisitor(name, examId) {
      const id = CandidateId.parse(`${VISITOR_ID}-${randomUUID()}`);
      put.run(tenant, id, null, 1, seal({ id, name, number: '', examId, attemptsUsed: 0, photos: [] }));
      return id;
    },
    eraseVisitor(id) {
      dropVisitor.run(tenant, id);
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
    eraseVisitorsBut: (id) => void dropOtherVisitors.run(tenant, id ?? null),
  };
}
