import { type OneResult, SETTLE_RESULTS } from '../../contract/platform/results.ts';
import { maskIdNumber } from '../../contract/words/id-number.ts';
import { instant } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { bankVersion, readExam } from '../exams/index.ts';
import { candidatesByIds, listProctors } from '../people/index.ts';
import { stationNames } from '../stations/index.ts';
import { type ActingAccount, reaches } from '../tenants/index.ts';
import { answersShown, fieldsOf } from './answers-shown.ts';
import { correctionsOf } from './corrections.ts';
import { doubtsOf } from './disputes.ts';
import { type SeenResult, seenResult } from './one-result.ts';
import { type NamedFile, proofFileOf } from './proof-file.ts';

/**
 * All of one result, for whoever its firm lies within reach of. That somebody looked is written down before they see it.
 * @throws Refusal `result-unknown` where there is none within reach
 */
export async function readResult(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
  logIndex: number,
): Promise<OneResult> {
  const seen = await seenResult(actor, db, logIndex);
  const { tenantId, sittingId, record, standing, place } = seen;
  await noteDone(actor, db, { tenantId, what: 'looked', subject: { kind: 'sitting', id: sittingId } });
  const known = (await candidatesByIds(standing, db, tenantId, [record.candidateId])).get(record.candidateId);
  const proctors = new Map((await listProctors(standing, db, tenantId)).map(({ id, name }) => [id, name]));
  const person = (id: string) => ({ id, name: proctors.get(id as never) ?? id });
  const stations = await stationNames(standing, db, tenantId, [record.stationId]);
  const { isInDoubt, ...doubts } = await doubtsOf(standing, db, tenantId, sittingId);
  const corrections = await correctionsOf(db, tenantId, sittingId);
  const { identity, exam } = record;
  return {
    ...{ logIndex, organisationId: place.id, firm: place.name, sittingId, candidateId: record.candidateId },
    ...{ name: known?.name ?? null, number: known ? maskIdNumber(known.number) : null },
    exam: { id: exam.id, title: exam.title, mode: exam.mode },
    ...{ marks: record.marks, fullMarks: record.fullMarks, passMarks: record.passMarks, passed: seen.passed },
    ...{ startedAt: record.startedAt, submittedAt: record.submittedAt, activeMs: record.activeMs, cause: record.cause },
    station: { id: record.stationId, name: stations.get(record.stationId) ?? record.stationId },
    identity:
      identity.how === 'verified'
        ? { how: 'verified' }
        : { how: 'overridden', by: person(identity.by), note: identity.note, reason: identity.reason },
    ...{ identifiedBy: record.identifiedBy, document: ('document' in record && record.document) || null },
    incidents: record.incidents.length,
    incidentList: record.incidents.map(({ at, reason, paused }) => ({ at, reason, paused })),
    decisions: record.decisions.map(({ at, action, by, note }) => ({ at, action, by: person(by), note: note ?? null })),
    ...doubts,
    ...{ corrections, corrected: corrections.at(-1)?.marks ?? null },
    ...{ recordHash: sha256(seen.text), treeSize: seen.treeSize, receivedAt: instant(seen.receivedAt) },
    ...(await answersFor(actor, db, seen)),
    mayCorrect: reaches(actor, place.path, 'inspector'),
    mayAppeal: standing.kind === 'operator' && reaches(actor, place.path, 'firm', 'agency'),
    maySettle: isInDoubt && reaches(actor, place.path, ...SETTLE_RESULTS),
  };
}

/** Marks by field for everybody who sees the result; answers with their keys for whoever may see keys. */
async function answersFor(
  actor: ActingAccount,
  db: Queries,
  { standing, tenantId, record, place }: SeenResult,
): Promise<Pick<OneResult, 'fields' | 'answers'>> {
  const bank = await bankVersion(standing, db, tenantId, record.form.bankId);
  const items = new Map(bank?.items.map((item) => [item.id, item]));
  const itemOf = (id: (typeof record.answers)[number]['itemId']) => items.get(id);
  const exam = await readExam(standing, db, tenantId, record.exam.id).catch((error: unknown) => {
    // A visitor's own exam may be gone: then nothing says that its keys are told.
    if (error instanceof Refusal && error.reason === 'no-exam') return undefined;
    throw error;
  });
  const may = reaches(actor, place.path, 'inspector') || exam?.revealsKeys === true;
  return {
    fields: fieldsOf(record.answers, itemOf),
    answers: may ? answersShown(record.answers, itemOf) : null,
  };
}

/** @throws Refusal `result-unknown` where there is none within reach */
export async function proofOfResult(actor: ActingAccount, center: Center, logIndex: number): Promise<NamedFile> {
  const { tenantId, standing, batchId } = await seenResult(actor, center.db, logIndex);
  await noteDone(actor, center.db, { tenantId, what: 'looked', subject: { kind: 'list', id: `proof ${batchId}` } });
  const file = await proofFileOf(standing, center, tenantId, batchId);
  if (!file) throw new Refusal('result-unknown', 'its station is gone');
  return file;
}
