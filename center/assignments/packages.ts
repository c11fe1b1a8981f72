import type { PackageWish } from '../../contract/people-center/operator-api.ts';
import { type BankId, type ExamId, instant, type Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Bank } from '../../contract/words/items.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { listOfKeys } from '../../proof/index.ts';
import { sealPackage } from '../../proof/sealed/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { readBank, readPicture } from '../exams/index.ts';
import { readPhoto } from '../people/index.ts';
import { mustNotBeRevoked, stationOfTenant } from '../stations/index.ts';
import { mustManage, type Operator } from '../tenants/index.ts';
import { assignmentOf } from './assignment.ts';
import { withOthersApart } from './other-documents.ts';

/**
 * What a package of an exam would hold now.
 * @throws Refusal `no-exam`
 */
export async function packageContents(
  actor: Operator,
  center: Center,
  tenantId: TenantId,
  examId: ExamId,
): Promise<{
  readonly bankId: BankId;
  readonly items: number;
  readonly candidates: number;
  readonly withPhoto: number;
  readonly proctors: number;
}> {
  mustManage(actor, tenantId);
  const { exams, candidates, proctors } = await assignmentOf(actor, center, tenantId);
  const exam = exams.find(({ id, course }) => id === examId && !course);
  if (!exam) throw new Refusal('no-exam', examId);
  const bank = Bank.parse(JSON.parse(await readBank(actor, center.db, tenantId, exam.bankId)));
  const assigned = candidates.filter((candidate) => candidate.examId === examId);
  return {
    ...{ bankId: exam.bankId, items: bank.items.length, candidates: assigned.length, proctors: proctors.length },
    withPhoto: assigned.filter(({ photos }) => photos.length > 0).length,
  };
}

/**
 * An exam with all that a station needs for it, as one file for that station alone.
 * @throws Refusal `station-unknown` (no such station of this tenant), `station-revoked`, `no-exam`
 */
export async function makePackage(
  actor: Operator,
  center: Center,
  tenantId: TenantId,
  wish: PackageWish,
): Promise<Uint8Array> {
  mustManage(actor, tenantId);
  const { stationId, examId, notBefore, notAfter } = wish;
  const station = await stationOfTenant(actor, center.db, tenantId, stationId);
  if (!station) throw new Refusal('station-unknown', `this tenant has no station ${stationId}`);
  await mustNotBeRevoked(center.db, stationId);
  const { exams, candidates, ...rest } = await assignmentOf(actor, center, tenantId);
  const exam = exams.find(({ id }) => id === examId);
  if (!exam) throw new Refusal('no-exam', examId);
  if (exam.course) throw new Refusal('no-exam', `${examId} is a course: films travel in no package`);
  const assigned = candidates
    .filter((candidate) => candidate.examId === examId)
    .map(({ courses: _, progress: __, ...candidate }) => candidate);
  const hashes = new Set(assigned.flatMap(({ photos }) => photos));
  const photos: Record<Sha256, string> = {};
  for (const hash of hashes)
    photos[hash] = Buffer.from(await readPhoto(actor, center, tenantId, hash)).toString('base64');
  const assignment = withOthersApart({ ...rest, exams: [exam], visitorExamId: null, candidates: assigned });
  const bank = Bank.parse(JSON.parse(await readBank(actor, center.db, tenantId, exam.bankId)));
  const pictures: Record<Sha256, string> = {};
  for (const hash of picturesOf(bank.items))
    pictures[hash] = Buffer.from(await readPicture(actor, center.db, tenantId, hash)).toString('base64');
  const plan = {
    tenantId,
    stationId,
    examId,
    issuedAt: rest.issuedAt,
    notBefore: instant(new Date(notBefore)),
    notAfter: instant(new Date(notAfter)),
  };
  await noteDone(actor, center.db, { tenantId, what: 'package-made', subject: { kind: 'exam', id: examId } });
  return sealPackage(
    plan,
    { assignment, bank, photos, pictures },
    station.publicKey,
    center.signer,
    listOfKeys(center.keys),
  );
}
