import type { Center } from '../base/index.ts';
import { addPicture, putExam } from '../exams/index.ts';
import type { Operator } from '../tenants/index.ts';
import { formalExam } from './demo-exams.ts';
import { demoBank, demoPictures } from './read-seed.ts';

/** Puts the formal exam that comes with the program in for a firm: published with it, so good to begin with and to practise. */
export async function addSeedExam(actor: Operator, { db }: Pick<Center, 'db'>): Promise<string> {
  const bank = demoBank();
  const exam = formalExam(bank.id);
  for (const picture of demoPictures()) await addPicture(actor, db, actor.tenantId, picture);
  await putExam(actor, db, actor.tenantId, { exam, bank });
  return exam.id;
}
