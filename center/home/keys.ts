import { feedbackFor, isRight } from '../../authoring/marking/index.ts';
import type { Told } from '../../contract/home/home-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Given } from '../../contract/words/form.ts';
import type { ItemId, TenantId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import type { Queries } from '../database/index.ts';
import { countedItems } from '../exams/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';

/**
 * Whether it is told what would have been right: at home it can be written down and passed on. Only where no exam that counts
 * may ask any of these items, or where whoever made this one has said so.
 */
export async function tellsKeys(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  { revealsKeys = false }: Pick<Exam, 'revealsKeys'>,
  items: readonly ItemId[],
): Promise<boolean> {
  mustLearn(actor, tenantId);
  return revealsKeys || (await countedItems(actor, db, tenantId, items)).size === 0;
}

/** What an answer was worth, and, where keys are told, what would have been right. */
export function toldOf(item: Item, given: Given, withKey: boolean): Told {
  return withKey ? { right: isRight(given, item), key: feedbackFor(item, given) } : { right: isRight(given, item) };
}
