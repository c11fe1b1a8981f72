import { z } from 'zod';
import { ExamRecord } from '../../contract/records/index.ts';
import { Sha256, type TenantId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

const Row = z.object({ body: z.string(), batchId: Sha256, logIndex: z.int() });

/** A record of something that was studied, where it is proven, and what its bytes hash to. */
export type StudiedRecord = {
  readonly record: ExamRecord;
  readonly hash: Sha256;
  readonly batchId: Sha256;
  readonly logIndex: number;
};

/** So many records of what was studied, in the order of the log. */
export async function studiedRecords(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { after, most }: { readonly after: number; readonly most: number },
): Promise<readonly StudiedRecord[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT body, batch_id AS "batchId", log_index AS "logIndex" FROM records
     WHERE tenant_id = $1 AND mode = 'learning' AND log_index > $2 ORDER BY log_index LIMIT $3`,
    [tenantId, after, most],
  );
  return rows.map(({ body, ...where }) => ({
    ...where,
    record: ExamRecord.parse(JSON.parse(body)),
    hash: sha256(body),
  }));
}
