import { z } from 'zod';
import { analyseItems, type ItemStatistics, reliabilityOf, type Sitting } from '../../authoring/statistics/index.ts';
import { plainText } from '../../contract/content/plain-text.ts';
import type { ItemReport } from '../../contract/platform/banks.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import type { BankId, ExamId, TenantId } from '../../contract/words/ids.ts';
import type { Bank, Item, ItemOption } from '../../contract/words/items.ts';
import { type Queries, select } from '../database/index.ts';
import { readBankVersion } from '../exams/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { IS_VOID } from './standing.ts';

/** The newest say enough of an item, and are in memory at once. */
const MOST_SITTINGS = 3_000;
/** More nobody goes through on a page; how many there are is said beside them. */
const MOST_ITEMS = 500;

/**
 * What the answers to the items of a bank say of them: of exams that count, without what is void. Those to look at come first.
 * @throws Refusal `item-unknown` where no exam of the firm ever drew from it
 */
export async function itemReport(actor: Manager, db: Queries, tenantId: TenantId, id: BankId): Promise<ItemReport> {
  mustManage(actor, tenantId);
  const { bank, exams } = await readBankVersion(actor, db, tenantId, id);
  const sittings = await answersTo(db, tenantId, [...new Set(exams.map((exam) => exam.id))]);
  const byId = new Map(bank.items.map((item) => [item.id, item]));
  const keyOf = (itemId: Item['id']) => {
    const item = byId.get(itemId);
    return item && { ...item, options: item.options.map((option) => option.id) };
  };
  const analysed = analyseItems(sittings, keyOf).toSorted(
    (a, b) => urgencyOf(b) - urgencyOf(a) || b.n - a.n || (a.itemId < b.itemId ? -1 : 1),
  );
  return {
    ...{ sittings: sittings.length, newest: MOST_SITTINGS, bankItems: bank.items.length, asked: analysed.length },
    reliability: reliabilityOf(sittings, keyOf) ?? null,
    items: analysed.slice(0, MOST_ITEMS).map((one) => reportedItem(one, bank, byId.get(one.itemId) as Item)),
  };
}

/** A key that may be wrong before what is merely easy. */
const URGENCY = ['too-few', 'idle-option', 'too-easy', 'too-hard', 'low-discrimination', 'check-key'] as const;
const urgencyOf = ({ flags }: ItemStatistics): number =>
  Math.max(0, ...flags.map((flag) => URGENCY.indexOf(flag))) * (flags.length > 0 ? 1 : 0);

const Row = z.object({ body: z.string() });

async function answersTo(db: Queries, tenantId: TenantId, ids: readonly ExamId[]): Promise<readonly Sitting[]> {
  const rows = await select(
    db,
    Row,
    `SELECT r.body FROM records r WHERE r.tenant_id = $1 AND r.exam_id = ANY($2::text[]) AND r.mode IN ('formal', 'gate')
       AND NOT ${IS_VOID} ORDER BY r.submitted_at DESC, r.log_index DESC LIMIT $3`,
    [tenantId, ids, MOST_SITTINGS],
  );
  return rows.map(({ body }) => ExamRecord.parse(JSON.parse(body)).answers);
}

function reportedItem(
  { itemId, n, p, rpb, blank, flags, options }: ItemStatistics,
  bank: Bank,
  item: Item,
): ItemReport['items'][number] {
  const textOf = (option: ItemOption | undefined) => plainText(option?.text?.zh ?? '').slice(0, 200);
  return {
    ...{ itemId, kind: item.kind, stem: plainText(item.stem.zh).slice(0, 300), n, p, rpb, blank, flags },
    ...{ row: item.source?.row ?? null, place: bank.items.indexOf(item) + 1 },
    options: options.map(({ option, right, chosen }) => ({
      ...{ right, chosen, text: textOf(item.options.find((one) => one.id === option)) },
    })),
  };
}
