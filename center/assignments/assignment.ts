import type {
  AssignedCandidate,
  AssignedStation,
  Assignment,
  AssignmentStatement,
  SignedAssignment,
} from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { type ExamId, type Instant, instant, type Sha256, type TenantId } from '../../contract/words/ids.ts';
import { assignmentRevision, sha256 } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { examsOfVersions, listExams } from '../exams/index.ts';
import { listStudies } from '../learning/index.ts';
import { attemptsUsed } from '../moves/index.ts';
import { assignedProctors, listCandidates } from '../people/index.ts';
import { type PlannedRoster, plannedFor, type TurnsOf, turnsInOwnRoom } from '../planning/index.ts';
import { listUnlockWindows } from '../proctoring/index.ts';
import { readProgress } from '../results/index.ts';
import { freshKeySince, mayHold, type Station, usableStations } from '../stations/index.ts';
import { type ActingStation, type Member, readTenant } from '../tenants/index.ts';
import { oneAtOnce } from './one-at-once.ts';
import { withOthersApart } from './other-documents.ts';

/** What a station that asks is told: all of it, or that it has all of it already. */
export type AssignmentAnswer = { readonly revision: Sha256 } & (
  | { readonly signed: SignedAssignment }
  /** JWS `exam-station/assignment`. */
  | { readonly unchanged: string }
);

/**
 * Signed for this station alone; of another firm, cut to what its grant covers.
 * @param known the revision that the station has
 */
export async function assignmentFor(actor: ActingStation, center: Center, known?: Sha256): Promise<AssignmentAnswer> {
  const { id: stationId, grant } = actor;
  const sign = (says: AssignmentStatement): string => center.signer.sign('exam-station/assignment', says);
  const { text, revision, issuedAt } = await makingOf(center)(`${stationId} ${grant?.id ?? ''}`, () =>
    makeText(actor, center),
  );
  if (revision === known) return { revision, unchanged: sign({ hash: revision, stationId, unchangedAt: issuedAt }) };
  return { revision, signed: { assignment: text, signature: sign({ hash: sha256(text), stationId }) } };
}

type Made = { readonly text: string; readonly revision: Sha256; readonly issuedAt: Instant };

/** A large roster takes seconds: a station that asks again meanwhile gets what is being made for it. */
const making = new WeakMap<Center, ReturnType<typeof oneAtOnce<Made>>>();

function makingOf(center: Center): ReturnType<typeof oneAtOnce<Made>> {
  const known = making.get(center) ?? oneAtOnce<Made>();
  making.set(center, known);
  return known;
}

async function makeText(actor: ActingStation, center: Center): Promise<Made> {
  // Whose station it is has its key changed, and no guest.
  const wished = actor.grant ? undefined : await freshKeySince(actor, center);
  const assignment = withOthersApart(await assignmentOf(actor, center, actor.tenantId));
  const text = JSON.stringify(wished ? { ...assignment, freshKeySince: wished } : assignment);
  return { text, revision: assignmentRevision(text), issuedAt: assignment.issuedAt };
}

/**
 * All that a station needs to run without the center. Candidates are read before exams: exams are never removed, so no
 * candidate is assigned to one that is not in the list.
 */
export async function assignmentOf(actor: Member, center: Center, tenantId: TenantId): Promise<Assignment> {
  const { db, now } = center;
  const { id, name, visitorExamId: visitors } = await readTenant(actor, db, tenantId);
  const mayHave = actor.kind === 'station' ? actor : {};
  const planned = actor.kind === 'station' ? await plannedFor(actor, center) : undefined;
  const held = planned && heldExams(planned, 'grant' in mayHave ? null : visitors);
  const may = (examId: ExamId): boolean => mayHold(mayHave, examId) && (held?.has(examId) ?? true);
  const turnsOf = planned?.turnsOf ?? ('grant' in mayHave ? NO_TURNS : await turnsInOwnRoom(actor, center, tenantId));
  const all = await assignedCandidates(actor, db, tenantId, { planned, turnsOf });
  const candidates = all.filter(({ examId }) => may(examId)).map((candidate) => cutTo(may, candidate));
  const listed = (await listExams(actor, db, tenantId)).filter((exam) => may(exam.id));
  const exams = planned && actor.kind === 'station' ? await inTheirVersion(actor, db, listed, planned) : listed;
  // Whose station it is closes the kiosk there, whatever is sat; guests decide about exams of theirs alone.
  const needed = exams.length > 0 || !('grant' in mayHave);
  const proctors = (needed ? await assignedProctors(actor, db, tenantId) : []).filter(
    ({ id: proctorId }) => planned?.proctors?.has(proctorId) ?? true,
  );
  const stations = (await usableStations(actor, center, tenantId)).map(toAssigned);
  const windows = await listUnlockWindows(actor, center, tenantId);
  const sessions = windows.filter(({ examId }) => may(examId));
  // Visitors are guests of whose station it is.
  const visitorExamId = 'grant' in mayHave ? null : visitors;
  const people = { candidates, proctors };
  return { tenant: { id, name }, issuedAt: instant(now()), exams, visitorExamId, ...people, stations, sessions };
}

/** What a station holds by turns: their exams, those that go on there, and what a visitor may try. */
const heldExams = ({ examOf, versions }: PlannedRoster, visitors: ExamId | null): ReadonlySet<ExamId> =>
  new Set([...versions.keys(), ...examOf.values(), ...(visitors ? [visitors] : [])]);

/** Exams as their turn has them, whatever was put in their place since. */
async function inTheirVersion(
  actor: ActingStation,
  db: Queries,
  exams: readonly Exam[],
  { versions }: PlannedRoster,
): Promise<readonly Exam[]> {
  const bodies = await examsOfVersions(actor, db, actor.tenantId, [...versions.values()]);
  return exams.map((exam) => bodies.get(versions.get(exam.id) as Sha256) ?? exam);
}

const toAssigned = ({ id, name, publicKey }: Station): AssignedStation => ({ id, name, publicKey });

/** Of a grant that was given for no turn. */
const NO_TURNS: TurnsOf = new Map();

/** The roster, each candidate with the attempts that are used up, and what they are to study and have studied. */
async function assignedCandidates(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  { planned, turnsOf }: { readonly planned: PlannedRoster | undefined; readonly turnsOf: TurnsOf },
): Promise<readonly AssignedCandidate[]> {
  const ids = planned && [...planned.examOf.keys()];
  const candidates = (await listCandidates(actor, db, tenantId, ids)).map((candidate) => ({
    ...candidate,
    examId: planned?.examOf.get(candidate.id) ?? candidate.examId,
  }));
  const used = await attemptsUsed(actor, db, tenantId, candidates);
  const [studies, progress] = [
    await listStudies(actor, db, tenantId, ids),
    await readProgress(actor, db, tenantId, ids),
  ];
  return candidates.map((candidate) => {
    const { id, name, number, photos, examId, ...given } = candidate;
    const [courses, known] = [studies.get(id), progress.get(id)];
    const turns = turnsOf.get(id);
    const signedUp = turns ? { turns } : {};
    const studied = { ...(courses ? { courses } : {}), ...(known ? { progress: known } : {}) };
    return { id, name, number, photos, examId, attemptsUsed: used(candidate), ...given, ...signedUp, ...studied };
  });
}

/** Of what somebody studies, what a station may know of. */
function cutTo(mayHave: (examId: ExamId) => boolean, candidate: AssignedCandidate): AssignedCandidate {
  const { courses, progress, ...rest } = candidate;
  return {
    ...rest,
    ...(courses ? { courses: courses.filter(mayHave) } : {}),
    ...(progress ? { progress: progress.filter(({ examId }) => mayHave(examId)) } : {}),
  };
}
