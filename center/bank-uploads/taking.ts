import { z } from 'zod';
import { practicalExam } from '../../authoring/blueprints/index.ts';
import type { BankId, BankUploadId, ExamId, TenantId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makeBank } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { addPicture, putExam, readExam } from '../exams/index.ts';
import type { Objects } from '../objects/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { readPictureOf, removeKept } from './kept.ts';
import { IS_ITEM, mustBeRead, removeUpload, subjectOf } from './uploads.ts';

type Taking = {
  readonly id: BankUploadId;
  readonly title: string;
  /** Draws from it from now on; a new exam where none is named. */
  readonly examId?: ExamId | undefined;
  /** As many as whoever takes it over was shown. */
  readonly items: number;
};
type Taken = { readonly examId: ExamId; readonly bankId: BankId; readonly items: number };

/**
 * Makes a bank of the questions of an upload, and has an exam draw from it; the upload is gone then. What is refused in it is left
 * out.
 * @throws Refusal `bank-upload-unknown`, `bank-upload-unread`, `bank-upload-changed` where there are more or fewer of them by now,
 * `no-exam`, `picture-missing`, and as {@link putExam}
 */
export async function takeBankUpload(
  actor: Manager,
  { db, objects }: Pick<Center, 'db' | 'objects'>,
  tenantId: TenantId,
  { id, title, examId, items: shown }: Taking,
): Promise<Taken> {
  mustManage(actor, tenantId);
  const { hashes } = await mustBeRead(db, tenantId, id);
  const before = await stateOf(db, tenantId, id);
  const items = await itemsOf(db, tenantId, id);
  if (items.length !== shown) throw new Refusal('bank-upload-changed', `there are ${items.length} questions now`);
  const bank = makeBank({ zh: title }, items);
  const exam = examId ? { ...(await readExam(actor, db, tenantId, examId)), bankId: bank.id } : practicalExam(bank);
  if (exam.course) throw new Refusal('no-exam', 'this is a course');
  // Read before the transaction begins: a store may take its time.
  const bytes = await picturesFor(objects, id, items);
  await db.transaction(async (tx) => {
    await mustBeRead(tx, tenantId, id, 'lock');
    // A row that was mended while pictures were read is not lost.
    if ((await stateOf(tx, tenantId, id)) !== before) throw new Refusal('bank-upload-changed');
    for (const picture of bytes) await addPicture(actor, tx, tenantId, picture);
    await putExam(actor, tx, tenantId, { exam, bank });
    await removeUpload(tx, tenantId, id);
    await noteDone(actor, tx, { tenantId, what: 'bank-taken', subject: subjectOf(id) });
  });
  await removeKept(objects, id, hashes);
  return { examId: exam.id, bankId: bank.id, items: items.length };
}

async function picturesFor(objects: Objects, id: BankUploadId, items: readonly Item[]): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const hash of picturesOf(items)) {
    const bytes = await readPictureOf(objects, id, hash);
    if (!bytes) throw new Refusal('picture-missing', hash);
    found.push(bytes);
  }
  return found;
}

async function itemsOf(db: Queries, tenantId: TenantId, id: BankUploadId): Promise<readonly Item[]> {
  const sql = `SELECT r.item FROM bank_upload_rows r WHERE r.tenant_id = $1 AND r.upload_id = $2 AND ${IS_ITEM} ORDER BY r.at`;
  const rows = await select(db, z.object({ item: z.string() }), sql, [tenantId, id]);
  // Each was checked when it was read, and there may be many thousands: nobody waits for that once more.
  return rows.map(({ item }) => JSON.parse(item) as Item);
}

/** Another one where any of them is another. */
async function stateOf(db: Queries, tenantId: TenantId, id: BankUploadId): Promise<string | null> {
  const sql = `SELECT md5(string_agg(md5(r.item), '' ORDER BY r.at)) AS state
    FROM bank_upload_rows r WHERE r.tenant_id = $1 AND r.upload_id = $2 AND ${IS_ITEM}`;
  const row = await selectOne(db, z.object({ state: z.string().nullable() }), sql, [tenantId, id]);
  return row?.state ?? null;
}
