import type { Bulletin, BulletinFormat } from '../../contract/platform/bulletin.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { platformTranslator } from '../../messages/platform/index.ts';
import { bulletinCsv } from './csv.ts';
import { bulletinPdf } from './pdf.ts';
import { bulletinWorkbook } from './workbook.ts';

export type BulletinFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
export type HowFile = { readonly format: BulletinFormat; readonly language: Locale };

const TYPES: Readonly<Record<BulletinFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
};

/** A bulletin as a file. @throws Refusal `bad-message` where a PDF would have too many rows */
export async function fileOf(bulletin: Bulletin, { format, language }: HowFile): Promise<BulletinFile> {
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
