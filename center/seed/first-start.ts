import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TenantId } from '../../contract/words/ids.ts';
import type { FirstRun } from '../../contract/words/programs.ts';
import { sha256 } from '../../proof/index.ts';
import { type Center, makeId, writeSecretFile } from '../base/index.ts';
import { lockStart, type Queries } from '../database/index.ts';
import { addPicture, putExam } from '../exams/index.ts';
import { giveCourse, putCourse, putMedia } from '../learning/index.ts';
import { foundFirm } from '../organisations/index.ts';
import { makeDemoPin, putCandidate, putProctor } from '../people/index.ts';
import { addEnrolmentCode } from '../stations/index.ts';
import { addOperator, hasTenants, makeOperatorToken, type System, setVisitorExam } from '../tenants/index.ts';
import { formalExam, practiceExam } from './demo-exams.ts';
import { demoBank, demoCourse, demoPictures, demoRoster } from './read-seed.ts';

/** `demo`: a firm with an exam, candidates and a proctor. `none`: a firm alone, which an operator names and fills. */
export type Seed = 'demo' | 'none';

export const SYSTEM: System = { kind: 'system' };

export const firstRunFile = (data: string): string => join(data, 'first-run.json');

/** An arbitrary number, so that of two centers that start at once one fills the database. */

/**
 * Fills an empty database and writes `first-run.json` (mode 0600); does nothing to any other. The file is written before
 * the transaction ends: a crash in between leaves a file that the next start replaces, never secrets that nobody knows.
 */
export function firstStart(
  center: Center,
  data: string,
  { seed, name }: { readonly seed: Seed; readonly name?: string | undefined },
): Promise<void> {
  return center.db.transaction(async (tx) => {
    await lockStart(tx);
    if (await hasTenants(SYSTEM, tx)) return;
    const { tenant: demo, unnamed } = demoRoster();
    const firm = seed === 'demo' ? demo : { id: TenantId.parse(makeId('tn')), name: unnamed };
    const tenant = name ? { ...firm, name } : firm;
    await foundFirm(SYSTEM, tx, tenant);
    const operatorToken = makeOperatorToken();
    await addOperator(SYSTEM, tx, tenant.id, operatorToken);
    const firstRun: FirstRun = {
      enrolmentCode: await addEnrolmentCode(SYSTEM, tx, tenant.id, center.now()),
      operatorToken,
      proctorPin: seed === 'none' ? null : await seedDemo(center, tx, tenant.id),
      centerKey: center.keys.root,
    };
    await writeSecretFile(firstRunFile(data), `${JSON.stringify(firstRun, null, 2)}\n`);
  });
}

/** @returns the proctor's PIN */
async function seedDemo(center: Center, tx: Queries, tenantId: TenantId): Promise<string> {
  const { candidates, proctor } = demoRoster();
  const bank = demoBank();
  const [exam, practice] = [formalExam(bank.id), practiceExam(bank.id)];
  for (const picture of demoPictures()) await addPicture(SYSTEM, tx, tenantId, picture);
  await putExam(SYSTEM, tx, tenantId, { exam, bank });
  await putExam(SYSTEM, tx, tenantId, { exam: practice, bank });
  await setVisitorExam(SYSTEM, tx, tenantId, practice.id);
  for (const candidate of candidates)
    await putCandidate(SYSTEM, tx, tenantId, { ...candidate, examId: exam.id, photos: [] });
  await seedCourse(center, tx, tenantId);
  const pin = makeDemoPin();
  await putProctor(SYSTEM, tx, tenantId, { ...proctor, pin, role: 'chief' });
  return pin;
}

/** What the demo candidates study, besides the exam they sit. */
async function seedCourse({ data, objects, now }: Center, tx: Queries, tenantId: TenantId): Promise<void> {
  const { exam, media, pictures } = demoCourse();
  const place = { db: tx, data, objects };
  for (const file of media) await putMedia(SYSTEM, place, tenantId, sha256(file), Readable.from([file]));
  for (const picture of pictures) await addPicture(SYSTEM, tx, tenantId, picture);
  await putCourse(SYSTEM, tx, tenantId, { exam, bank: demoBank() }, now());
  await giveCourse(SYSTEM, tx, tenantId, { examId: exam.id, whom: { by: 'all' } }, now());
}
