import { z } from 'zod';
import { BankUploadId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Center, mendsItself } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { exportAgain, type JobKind } from '../jobs/index.ts';
import type { System } from '../tenants/index.ts';
import { drawnBanks } from './drawn-banks.ts';
import { pictureKey, readFile, removeKept } from './kept.ts';
import { markRead, storeRows, takeMends } from './storing.ts';
import { type FileThread, withFileRead } from './thread.ts';

export const READING = 'bank-reading';
const ReadingWish = z.object({ tenantId: TenantId, id: BankUploadId });
type ReadingWish = z.infer<typeof ReadingWish>;

type At = Pick<Center, 'db' | 'objects' | 'now'>;

/** Reading takes this part of the time, and holding it against the firm's banks the rest. */
const READING_PART = 0.9;

/** How an uploaded file is read, by the program itself. Done again once it was read, it leaves what was mended since alone. */
export const bankReading = (actor: System, center: At): JobKind => ({
  ...{ atOnce: 1, again: exportAgain },
  async run({ asked, signal, tell }) {
    const wish = ReadingWish.parse(asked);
    const upload = await uploadOf(center.db, wish);
    if (upload?.state !== 'reading') return undefined;
    try {
      const bytes = await readFile(center.objects, wish.id);
      const how = { signal, onProgress: (part: number) => tell(part * READING_PART) };
      const { file, hidden } = upload;
      await withFileRead({ bytes, file, hidden }, how, (thread) => keepRead(actor, center, wish, thread, tell));
    } catch (error) {
      if (!(error instanceof Refusal) || mendsItself(error)) throw error;
      await markFailed(center.db, wish, error);
    }
    return undefined;
  },
});

const Wanted = z.object({ file: z.string(), hidden: z.boolean(), state: z.string() });

const uploadOf = (db: Queries, { tenantId, id }: ReadingWish) =>
  selectOne(db, Wanted, 'SELECT file_name AS file, hidden, state FROM bank_uploads WHERE tenant_id = $1 AND id = $2', [
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
  upload: ReadingWish,
  thread: FileThread,
  tell: (progress: number) => void,
): Promise<void> {
  const { tenantId, id } = upload;
  const { said, pictures, hashes } = thread.read;
  for await (const { bank, exams } of drawnBanks(actor, db, tenantId)) await thread.hold(bank, exams);
  const mendedRows = await thread.mend(await takeMends(db, tenantId, hashes, now()));
  for (const [hash, bytes] of pictures) await objects.put(pictureKey(id, hash), bytes);
  const named = [...pictures.keys()];
  tell(1);
  try {
    // Nobody sees them before the upload is said to be read: others who ask come in between.
    await storeRows(db, upload, thread.pieces());
    await markRead(db, { ...upload, pictures: named, said: { ...said, mendedBefore: mendedRows } });
  } catch (error) {
    if (await uploadOf(db, upload)) throw error;
  }
  // Somebody threw it away meanwhile.
  if (!(await uploadOf(db, upload))) await removeKept(objects, id, named);
}
