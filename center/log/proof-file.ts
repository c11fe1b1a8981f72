import { z } from 'zod';
import { Batch, ProofFile } from '../../contract/records/batches.ts';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { canonicalJson } from '../../proof/index.ts';
import type { Center } from '../center.ts';
import { select, selectOne } from '../database/index.ts';

const Stored = z.object({
  number: z.int(),
  stationId: z.string(),
  header: z.string(),
  receipt: z.string(),
  certificate: z.string(),
});

export type NamedFile = { readonly name: string; readonly text: string };

/** A batch of this tenant as the file that `exam-station verify` checks with public keys alone, or `undefined`. */
export async function proofFileOf(
  { db, signer }: Center,
  tenantId: TenantId,
  id: Sha256,
): Promise<NamedFile | undefined> {
  const stored = await selectOne(
    db,
    Stored,
    `SELECT b.number, b.station_id AS "stationId", b.header, b.receipt, s.certificate
     FROM batches b JOIN stations s ON s.id = b.station_id AND s.tenant_id = b.tenant_id
     WHERE b.tenant_id = $1 AND b.id = $2`,
    [tenantId, id],
  );
  if (!stored) return undefined;
  const bodies = await select(
    db,
    z.object({ body: z.string() }),
    'SELECT body FROM records WHERE tenant_id = $1 AND batch_id = $2 ORDER BY position',
    [tenantId, id],
  );
  const records = bodies.map(({ body }): unknown => JSON.parse(body));
  const batch = Batch.parse({ format: 'exam-station/batch@1', header: stored.header, records });
  const { certificate } = stored;
  const receipt: unknown = JSON.parse(stored.receipt);
  const file = ProofFile.parse({
    format: 'exam-station/proof@1',
    centerKey: signer.publicKey,
    certificate,
    batch,
    receipt,
  });
  return { name: `${stored.stationId}-${stored.number}.proof.json`, text: `${canonicalJson(file)}\n` };
}
