import { z } from 'zod';
import { BankFile, ItemDraft } from '../../../contract/items.ts';
import { Refusal } from '../../../contract/reasons.ts';
import { refuse } from './problems.ts';
import { itemOf } from './row-item.ts';
import { decodeText } from './text.ts';
import type { Source } from './workbook.ts';

const Outer = z.object({ ...BankFile.unwrap().shape, items: z.array(z.unknown()) });

/**
 * The items of a bank file of this product's own: `{"title": {"zh"}, "items": [{"kind", "stem", "options", "key", ...}]}`.
 * @throws Refusal `not-a-workbook`
 */
export function readBankFile(bytes: Uint8Array): Source {
  const outer = Outer.safeParse(parseJson(decodeText(bytes)));
  if (!outer.success) throw new Refusal('not-a-workbook', z.prettifyError(outer.error));
  const rows = outer.data.items.map((written, at) => {
    const draft = ItemDraft.safeParse(written);
    return { sheet: '', row: at + 1, reading: draft.success ? itemOf(draft.data) : refuse('item-refused') };
  });
  return { rows, skippedSheets: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}
