import { courseItems } from '../../contract/words/course.ts';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { filesOf, picturesIn } from '../../contract/words/learning.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { readExam, readItems, readPicture } from '../exams/index.ts';
import { type OpenMedia, openMedia, studiesOf } from '../learning/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { isHomeCourse, partForHome } from './at-home.ts';

export type HomeFile =
  | { readonly kind: 'media'; readonly media: OpenMedia }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array };

/**
 * What a course of whoever asks shows, or a paper that they sat: nothing else, whoever knows its hash.
 * @throws Refusal `media-missing`
 */
export async function openHomeFile(
  actor: Learner,
  center: Pick<Center, 'db' | 'objects'>,
  tenantId: TenantId,
  hash: Sha256,
): Promise<HomeFile> {
  mustLearn(actor, tenantId);
  const { db } = center;
  const picture = async (): Promise<HomeFile> => ({
    kind: 'picture',
    bytes: await readPicture(actor, db, tenantId, hash),
  });
  if (await isOnAPaper(actor, db, tenantId, hash)) return picture();
  for (const examId of await studiesOf(actor, db, tenantId)) {
    const exam = await readExam(actor, db, tenantId, examId);
    if (!isHomeCourse(exam)) continue;
    const { bankId } = exam;
    const course = partForHome(exam.course);
    if (picturesIn(course).has(hash)) return picture();
    if (filesOf(course).has(hash)) return { kind: 'media', media: await openMedia(actor, center, tenantId, hash) };
    const asked = await readItems(actor, db, tenantId, bankId, courseItems(course));
    if (picturesOf(asked).has(hash)) return picture();
  }
  throw new Refusal('media-missing');
}

async function isOnAPaper(actor: Learner, db: Queries, tenantId: TenantId, hash: Sha256): Promise<boolean> {
  const sql = 'SELECT 1 FROM home_mocks WHERE tenant_id = $1 AND candidate_id = $2 AND $3 = ANY(shows) LIMIT 1';
  return (await db.query(sql, [tenantId, actor.candidateId, hash])).length > 0;
}
