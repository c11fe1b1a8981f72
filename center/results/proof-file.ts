import { z } from 'zod';
import { Receipt } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { type Sha256, StationId, type TenantId } from '../../contract/words/ids.ts';
import { certificatesOf, grantsNamedIn, proofFileText, sealedText } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { select, selectOne } from '../database/index.ts';
import { logProofOf } from '../log/index.ts';
import { grantTexts, stationKeys, stationUsedBy } from '../stations/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

const Stored = z.object({
  number: z.int(),
  stationId: StationId,
  header: z.string(),
  receipt: z.string(),
  treeSize: z.int(),
});

export type NamedFile = { readonly name: string; readonly text: string };

/** A batch of this tenant as the file that `exam-station verify` checks with public keys alone, or `undefined`. */
export async function proofFileOf(
  actor: Reader,
  center: Center,
  tenantId: TenantId,
  id: Sha256,
): Promise<NamedFile | undefined> {
  mustRead(actor, tenantId);
  const { db, signer } = center;
  const stored = await selectOne(
    db,
    Stored,
    'SELECT number, station_id AS "stationId", header, receipt, tree_size AS "treeSize" FROM batches WHERE tenant_id = $1 AND id = $2',
    [tenantId, id],
  );
  const station = stored && (await stationUsedBy(actor, db, tenantId, stored.stationId));
  if (!station) return undefined;
  const bodies = await select(
    db,
    z.object({ body: z.string() }),
    'SELECT body FROM records WHERE tenant_id = $1 AND batch_id = $2 ORDER BY position',
    [tenantId, id],
  );
  const batch = { header: stored.header, records: bodies.map(({ body }) => sealedText(body)) };
  const receipt = Receipt.parse(JSON.parse(stored.receipt));
  const named = grantsNamedIn(bodies.map(({ body }) => JSON.parse(body) as ExamRecord));
  const grants = await grantTexts(actor, db, tenantId, named);
  const certificates = (await stationKeys(db, station.id)).map((key) => key.certificate);
  const { certificate, former: keys } = certificatesOf(stored.header, certificates) ?? { ...station, former: [] };
  const log = await logProofOf(center, stored.treeSize, certificate, grants);
  const text = proofFileText({ centerKey: signer.publicKey, certificate, batch, receipt, grants, log, keys });
  return { name: `${stored.stationId}-${stored.number}.proof.json`, text };
}
