import { z } from 'zod';
import { BankUploadId, type Sha256, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Center, mendsItself } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { listExams, readBank } from '../exams/index.ts';
import { exportAgain, type JobKind } from '../jobs/index.ts';
import type { System } from '../tenants/index.ts';
import { pictureKey, readFile, removeKept } from './kept.ts';
import { type Elsewhere, markRead, mendedBefore, storedRows, storeRows } from './storing.ts';
import { type FileThread, withFileRead } from './thread.ts';

export const READING = 'bank-reading';
export const ReadingWish = z.object({ tenantId: TenantId, id: BankUploadId });
type ReadingWish = z.infer<typeof ReadingWish>;

type At = Pick<Center, 'db' | 'objects' | 'now'>;

/** Reading takes this part of the time, and holding it against the firm's banks the rest. */
const READING_PART = 0.9;

/** How an uploaded file is read, by the program itself. Done again it comes to the same. */
export const bankReading = (actor: System, center: At): JobKind => ({
  ...{ atOnce: 1, again: exportAgain },
  async run({ asked, signal, tell }) {
    const wish = ReadingWish.parse(asked);
    const upload = await uploadToRead(center.db, wish);
    if (!upload) return undefined;
    try {
      const bytes = await readFile(center.objects, wish.id);
      const how = { signal, onProgress: (part: number) => tell(part * READING_PART) };
      const { file, hidden } = upload;
      await withFileRead({ bytes, file, hidden }, how, (thread) =>
        keepRead(actor, center, { ...wish, file }, thread, tell),
      );
    } catch (error) {
      if (!(error instanceof Refusal) || mendsItself(error)) throw error;
      await markFailed(center.db, wish, error);
    }
    return undefined;
  },
});

const Wanted = z.object({ file: z.string(), hidden: z.boolean() });

const uploadToRead = (db: Queries, { tenantId, id }: ReadingWish) =>
  selectOne(db, Wanted, 'SELECT file_name AS file, hidden FROM bank_uploads WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
  ]);

const markFailed = (db: Queries, { tenantId, id }: ReadingWish, { reason }: Refusal) =>
  db.query(`UPDATE bank_uploads SET state = 'failed', reason = $3 WHERE tenant_id = $1 AND id = $2`, [
    ...[tenantId, id, reason],
  ]);

async function keepRead(
  actor: System,
  { db, objects, now }: At,
  upload: ReadingWish & { readonly file: string },
  thread: FileThread,
  tell: (progress: number) => void,
): Promise<void> {
  const { tenantId, id, file } = upload;
  const { read } = thread;
  const elsewhere = await foundElsewhere(actor, db, tenantId, thread);
  tell(1);
  for (const [hash, bytes] of read.pictures) await objects.put(pictureKey(id, hash), bytes);
  const pictures: readonly Sha256[] = [...read.pictures.keys()];
  const isThere = await db.transaction(async (tx) => {
    const before = storedRows(read.rows, elsewhere);
    const rows = await mendedBefore(tx, before, { tenantId, file, pictures: read.pictures, now: now() });
    const mended = rows.filter(({ settled }) => settled === 'mended').length;
    const there = await markRead(tx, { tenantId, id, pictures, said: { ...read.said, mendedBefore: mended } });
    if (there) await storeRows(tx, upload, rows);
    return there;
  });
  if (!isThere) await removeKept(objects, id, pictures);
}

/** Rows that ask what a bank of the firm asks, each with the exams that draw from it. */
async function foundElsewhere(
  actor: System,
  db: Queries,
  tenantId: TenantId,
  thread: FileThread,
): Promise<ReadonlyMap<number, readonly Elsewhere[]>> {
  const exams = await listExams(actor, db, tenantId);
  const found = new Map<number, Elsewhere[]>();
  for (const [bankId, drawing] of Map.groupBy(exams, (exam) => exam.bankId)) {
    const held = await thread.held(await readBank(actor, db, tenantId, bankId));
    for (const { at, sameKey } of held) {
      const all = found.get(at) ?? [];
      found.set(at, all);
      all.push(...drawing.map(({ id, title }) => ({ examId: id, title, sameKey })));
    }
  }
  return found;
}
