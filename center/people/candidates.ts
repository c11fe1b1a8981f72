import { z } from 'zod';
import type { PutCandidate } from '../../contract/people-center/candidates.ts';
import { AssignedCandidate } from '../../contract/station-center/center-api.ts';
import { OtherArrangements } from '../../contract/words/arrangements.ts';
import { parseIdNumber, soughtNumber } from '../../contract/words/id-number.ts';
import { CandidateId, ExamId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { changing } from '../audit/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { mustHaveExam } from '../exams/index.ts';
import { type Learner, type Manager, type Member, mustActFor, mustLearn, mustManage } from '../tenants/index.ts';
import type { SeenPhoto } from './look-at-photos.ts';
import { type Joined, noteJoined } from './memberships.ts';
import { lockRoster, personOf } from './person.ts';
import { addPhoto, dropUnusedPhotos } from './photos.ts';
import { seatsOfExam } from './seats.ts';
import { noteTerms } from './terms-ever.ts';

/** Somebody as they are put on a roster; their photos were looked at before. */
export type Candidacy = Omit<PutCandidate, 'photos'> & { readonly photos?: readonly SeenPhoto[] | undefined };

/**
 * Puts a candidate on the roster, or changes whoever has this number: what is not named stays. Photos that nobody uses any more
 * are erased. Whoever had left is there again, with all that they sat.
 * @returns under which id they are there
 * @throws Refusal `number-malformed`, `number-checksum`, `number-kind-unclear`, `no-exam`, `candidate-other`, `photo-unreadable`
 */
export async function putCandidate(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { photos, ...candidate }: Candidacy,
  joined?: Joined,
): Promise<CandidateId> {
  mustManage(actor, tenantId);
  const parsed = parseIdNumber(candidate.number);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  return inTransaction(db, async (tx) => {
    await mustHaveExam(actor, tx, tenantId, candidate.examId);
    await lockRoster(tx, tenantId);
    const id = await personOf(tx, tenantId, { ...candidate, number: parsed.id });
    const deed = { tenantId, what: 'candidate-put', subject: { kind: 'candidate', id } } as const;
    const put = () =>
      changing(actor, tx, deed, stateOfCandidate(tenantId, id), async () => {
        await storeCandidates(tx, tenantId, [{ ...candidate, id, number: parsed.id }]);
        await noteJoined(tx, tenantId, [{ id, joined }]);
        if (photos) await putPhotos(tx, tenantId, id, photos);
      });
    const left = await seatedAt(tx, tenantId, id);
    const seats = { ...deed, subject: { kind: 'seats', id: left ?? '' } };
    if (!left || left === candidate.examId) await put();
    else await changing(actor, tx, seats, seatsOfExam(tenantId, left), put);
    return id;
  });
}

/** At which exam somebody has a seat: whoever is put in for another one leaves it. */
export async function seatedAt(tx: Queries, tenantId: TenantId, id: CandidateId): Promise<ExamId | undefined> {
  const sql = 'SELECT exam_id AS "examId" FROM candidates WHERE tenant_id = $1 AND id = $2 AND seat IS NOT NULL';
  return (await selectOne(tx, z.object({ examId: ExamId }), sql, [tenantId, id]))?.examId;
}

const State = z.looseObject({ id: CandidateId, left_at: z.date().nullable() });

/** Of people on the roster, all that a line of the audit log answers for: photos by their hashes. Seats have lines of their own. */
export const statesOfCandidates =
  (tenantId: TenantId, ids: readonly CandidateId[]) =>
  async (tx: Queries): Promise<ReadonlyMap<CandidateId, unknown>> => {
    const rows = await select(
      tx,
      State,
      `SELECT id, name, number, exam_id, extra_minutes, arrangements, post, sector, category, left_at,
         ARRAY(SELECT p.hash FROM candidate_photos p WHERE p.tenant_id = c.tenant_id AND p.candidate_id = c.id
               ORDER BY p.hash) AS photos
       FROM candidates c WHERE tenant_id = $1 AND id = ANY($2::text[]) ORDER BY id FOR NO KEY UPDATE`,
      [tenantId, ids],
    );
    // Of whoever is there it is what it was before anybody could leave.
    return new Map(rows.map(({ id, left_at: left, ...state }) => [id, left ? { ...state, left } : state]));
  };

export const stateOfCandidate = (tenantId: TenantId, id: CandidateId) => async (tx: Queries) =>
  (await statesOfCandidates(tenantId, [id])(tx)).get(id);

type Stored = Omit<PutCandidate, 'photos'>;

/** What is not named stays. @throws Refusal `person-erased` where one of them was: nobody else gets their id, nor they theirs again */
export async function storeCandidates(tx: Queries, tenantId: TenantId, candidates: readonly Stored[]): Promise<void> {
  const column = <K extends keyof Stored>(name: K) => candidates.map((one) => one[name] ?? null);
  const stored = await tx.query(
    `INSERT INTO candidates AS c (tenant_id, id, name, number, exam_id, extra_minutes, post, sector, category)
     SELECT $1::text, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[])
     ON CONFLICT (tenant_id, id) DO UPDATE
     SET name = excluded.name, extra_minutes = coalesce(excluded.extra_minutes, c.extra_minutes), number = excluded.number, exam_id = excluded.exam_id,
       post = coalesce(excluded.post, c.post), sector = coalesce(excluded.sector, c.sector), category = coalesce(excluded.category, c.category),
       seat = CASE WHEN c.exam_id = excluded.exam_id THEN c.seat END, left_at = NULL
     WHERE c.erased_at IS NULL RETURNING id`,
    [
      ...[tenantId, column('id'), column('name'), column('number'), column('examId'), column('extraMinutes')],
      ...[column('post'), column('sector'), column('category')],
    ],
  );
  if (stored.length < candidates.length) throw new Refusal('person-erased');
  await noteTerms(tx, tenantId, column('id') as CandidateId[], column('examId') as ExamId[]);
}

/** Whoever on the roster has this number, however it was typed. */
export async function idOfNumber(
  actor: Member,
  tx: Queries,
  tenantId: TenantId,
  number: string,
): Promise<CandidateId | undefined> {
  mustActFor(actor, tenantId);
  const sql = 'SELECT id FROM candidates WHERE tenant_id = $1 AND number = $2 AND left_at IS NULL';
  const [row] = await select(tx, z.object({ id: CandidateId }), sql, [tenantId, soughtNumber(number)]);
  return row?.id;
}

/** The same of somebody who has left since, too: whoever sits then sits to the end. Whoever is on the roster comes first. */
export async function idOfNumberEver(
  actor: Member,
  tx: Queries,
  tenantId: TenantId,
  number: string,
): Promise<CandidateId | undefined> {
  mustActFor(actor, tenantId);
  const sql = `SELECT id FROM candidates WHERE tenant_id = $1 AND number = $2 ORDER BY left_at DESC NULLS FIRST, id LIMIT 1`;
  const [row] = await select(tx, z.object({ id: CandidateId }), sql, [tenantId, soughtNumber(number)]);
  return row?.id;
}

export async function putPhotos(
  tx: Queries,
  tenantId: TenantId,
  id: CandidateId,
  photos: readonly SeenPhoto[],
): Promise<void> {
  const before = await select(
    tx,
    z.object({ hash: Sha256 }),
    'DELETE FROM candidate_photos WHERE tenant_id = $1 AND candidate_id = $2 RETURNING hash',
    [tenantId, id],
  );
  for (const { looked, ...photo } of photos) {
    const hash = await addPhoto(tx, tenantId, photo);
    await tx.query(
      `INSERT INTO candidate_photos (tenant_id, candidate_id, hash, looked) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, candidate_id, hash) DO NOTHING`,
      [tenantId, id, hash, looked],
    );
  }
  await dropUnusedPhotos(
    tx,
    tenantId,
    before.map(({ hash }) => hash),
  );
}

/** Somebody on the roster. How many attempts they have used up is not known here. */
export type Candidate = Omit<AssignedCandidate, 'attemptsUsed'>;

const Row = AssignedCandidate.unwrap()
  .omit({ attemptsUsed: true })
  .extend({ seat: SeatLabel.nullable(), extraMinutes: z.int().nullable(), arrangements: z.string().nullable() });

/** @param ids of these alone, where any are named */
export async function listCandidates(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  ids?: readonly CandidateId[],
): Promise<readonly Candidate[]> {
  mustActFor(actor, tenantId);
  const [which, params] = ids ? [' AND c.id = ANY($2::text[])', [ids]] : ['', []];
  const rows = await select(
    db,
    Row,
    `SELECT c.id, c.name, c.number, c.exam_id AS "examId",
       ARRAY(SELECT p.hash FROM candidate_photos p WHERE p.tenant_id = c.tenant_id AND p.candidate_id = c.id
             ORDER BY p.hash) AS photos, c.seat, c.extra_minutes AS "extraMinutes", c.arrangements
     FROM candidates c WHERE c.tenant_id = $1 AND c.left_at IS NULL${which} ORDER BY c.id`,
    [tenantId, ...params],
  );
  return rows.map(({ seat, extraMinutes, arrangements, ...candidate }) => ({
    ...candidate,
    ...(seat ? { seat } : {}),
    ...(extraMinutes ? { extraMinutes } : {}),
    ...(arrangements ? { arrangements: OtherArrangements.parse(JSON.parse(arrangements)) } : {}),
  }));
}

export const Known = z.object({
  id: CandidateId,
  name: z.string(),
  number: z.string(),
  /** They have left. */
  left: z.boolean(),
});
export type KnownCandidate = Readonly<z.infer<typeof Known>>;

/**
 * Who of these is on the roster, or was; visitors are not, and whoever was erased is not any more.
 * @param held where nobody may change or erase them until the transaction ends
 */
export async function candidatesByIds(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
  held?: 'held',
): Promise<ReadonlyMap<CandidateId, KnownCandidate>> {
  mustActFor(actor, tenantId);
  const sql = `SELECT id, name, number, left_at IS NOT NULL AS left FROM candidates
    WHERE tenant_id = $1 AND id = ANY($2::text[]) AND erased_at IS NULL ORDER BY id${held ? ' FOR SHARE' : ''}`;
  const rows = await select(db, Known, sql, [tenantId, [...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, row]));
}

const Oneself = z.object({ name: z.string(), extraMinutes: z.int() });

/** Whoever asks: what they are called, and how many minutes more than others they have. */
export async function oneself(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
): Promise<Readonly<z.infer<typeof Oneself>>> {
  mustLearn(actor, tenantId);
  const sql = `SELECT name, coalesce(extra_minutes, 0) AS "extraMinutes" FROM candidates
    WHERE tenant_id = $1 AND id = $2 AND left_at IS NULL`;
  const [row] = await select(db, Oneself, sql, [tenantId, actor.candidateId]);
  if (!row) throw new Refusal('unauthorised', 'nobody of the roster');
  return row;
}
