import { EXPORT_FORMATS, exportBank } from '../../authoring/export/index.ts';
import type { BankId, Sha256, TenantId } from '../../contract/words/ids.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Queries } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { bankVersion } from './banks.ts';
import { readPicture } from './pictures.ts';

/**
 * A bank with its keys and pictures, as a file that reads back as the same items; who took it along is written down.
 * @throws Refusal `item-unknown` where no exam of the firm ever drew from it; `not-a-workbook` for pictures in CSV
 */
export async function exportBankVersion(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { id, format }: { readonly id: BankId; readonly format: 'json' | 'csv' },
): Promise<{ readonly name: string; readonly text: string }> {
  mustManage(actor, tenantId);
  const bank = await bankVersion(actor, db, tenantId, id);
  if (!bank) throw new Refusal('item-unknown', `this firm has had no bank ${id}`);
  const pictures = new Map<Sha256, Uint8Array>();
  if (format === 'json')
    for (const hash of picturesOf(bank.items)) pictures.set(hash, await readPicture(actor, db, tenantId, hash));
  const ending = EXPORT_FORMATS.find((one) => one === `.${format}`) ?? '';
  const name = `bank-${id.slice(3, 15)}${ending}`;
  const text = exportBank({ title: bank.title, items: bank.items, pictures }, name);
  await noteDone(actor, db, { tenantId, what: 'exported', subject: { kind: 'bank', id } });
  return { name, text };
}
