import type { Bulletin, BulletinFormat, BulletinWish } from '../../contract/platform/bulletin.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { platformTranslator } from '../../messages/platform/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { readBulletin } from './bulletin.ts';
import { bulletinCsv } from './csv.ts';
import { bulletinPdf } from './pdf.ts';
import { bulletinWorkbook } from './workbook.ts';

export type BulletinFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };

const TYPES: Readonly<Record<BulletinFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
};

/**
 * A bulletin as a file; that it left is written down.
 * @throws Refusal as `readBulletin`; `bad-message` where a PDF would have too many rows
 */
export async function exportBulletin(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  wish: BulletinWish,
  how: { readonly format: BulletinFormat; readonly language: Locale },
): Promise<BulletinFile> {
  const file = await fileOf(await readBulletin(actor, center, wish), how);
  const subject = { kind: 'bulletin', id: `${wish.from}/${wish.to}/${wish.grouping}.${how.format}` };
  await noteDone(actor, center.db, { tenantId: null, what: 'exported', subject });
  return file;
}

async function fileOf(
  bulletin: Bulletin,
  { format, language }: { readonly format: BulletinFormat; readonly language: Locale },
): Promise<BulletinFile> {
  const t = platformTranslator(language);
  const { from, to } = bulletin.period;
  const name = `bulletin-${from === to ? from : `${from}-${to}`}-${bulletin.grouping}.${format}`;
  const make: Readonly<Record<BulletinFormat, () => Uint8Array | Promise<Uint8Array>>> = {
    xlsx: () => bulletinWorkbook(t, bulletin),
    csv: () => Buffer.from(bulletinCsv(t, bulletin)),
    pdf: () => bulletinPdf(t, bulletin),
  };
  return { name, type: TYPES[format], bytes: await make[format]() };
}
