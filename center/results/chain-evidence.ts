import { z } from 'zod';
import type { ListedRival } from '../../contract/people-center/disputes.ts';
import { BatchHeader } from '../../contract/records/batches.ts';
import { instant, Sha256, StationId, TenantId } from '../../contract/words/ids.ts';
import { Busy, Refusal, TryLater } from '../../contract/words/reasons.ts';
import { batchId, type SealedBatch, verifyJws } from '../../proof/index.ts';
import { type Center, mendsItself } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { historySince } from '../exams/index.ts';
import { stationKeys, whichSigned } from '../stations/index.ts';
import { type ActingStation, mustRead, type Reader } from '../tenants/index.ts';

/** A station that goes on signing others is known by the first of them; its evidence fills no disk. */
const MOST_OF_A_STATION = 1_000;

/**
 * Writes down that the center refused a batch, so that it knows later what another one may stand in the place of. A batch with
 * the number of one that is logged, and other content, is kept: both headers are signed, and no station has a reason for both.
 * What is not signed by the station is nobody's, and is passed over.
 * @param header as it came
 */
export async function noteRefused(
  station: ActingStation,
  { db, now }: Pick<Center, 'db' | 'now'>,
  header: unknown,
  error: unknown,
): Promise<void> {
  // It will come again as it is: nothing stands in its place.
  if (mendsItself(error) || error instanceof TryLater || error instanceof Busy) return;
  const signed = await signedBy(db, station, header);
  if (!signed) return;
  const reason = error instanceof Refusal ? error.reason : 'internal';
  const { id, says, jws } = signed;
  await db.query(
    `INSERT INTO refused_batches (station_id, id, number, reason, refused_at)
     SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM refused_batches WHERE station_id = $1) < ${MOST_OF_A_STATION}
     ON CONFLICT (station_id, id) DO NOTHING`,
    [station.id, id, says.number, reason, now().toISOString()],
  );
  if (reason !== 'chain-broken') return;
  const logged = await loggedAt(db, station.id, says.number);
  if (!logged || logged.id === id) return;
  const rival = { kind: 'rival' as const, number: says.number, id, header: jws };
  await keep(db, station, now(), {
    ...rival,
    againstId: logged.id,
    against: logged.header,
    tenants: [logged.tenantId],
  });
}

/**
 * A batch may stand in the place of one that the center refused, or that was signed behind such a one. Where it refused none,
 * somebody on the line made the refusal up, or the station took a result back.
 */
export async function noteReplaced(
  station: ActingStation,
  { db, now }: Pick<Center, 'db' | 'now'>,
  batch: SealedBatch,
): Promise<void> {
  const signed = await signedBy(db, station, batch.header);
  if (!signed?.says.replaces) return;
  const { number, replaces, createdAt } = signed.says;
  if (createdAt < (await historySince(db))) return;
  const refused = await db.query('SELECT 1 FROM refused_batches WHERE station_id = $1 AND id = $2', [
    station.id,
    replaces,
  ]);
  const before = await loggedAt(db, station.id, number - 1);
  const follows = before && (await signedBy(db, station, before.header))?.says.replaces !== undefined;
  if (refused.length > 0 || follows) return;
  const what = { kind: 'replaced' as const, number, id: signed.id, header: signed.jws };
  const tenants = batch.records.slice(0, 1).map(({ record }) => record.tenantId);
  await keep(db, station, now(), { ...what, againstId: replaces, against: null, tenants });
}

/** With any key that it has, or had: what was made before it changed its key goes again by the new one. */
async function signedBy(db: Queries, station: ActingStation, header: unknown) {
  if (typeof header !== 'string' || header.length > 16_384) return undefined;
  const key = whichSigned(await stationKeys(db, station.id), header, 'exam-station/batch');
  const parsed = BatchHeader.safeParse(key && verifyJws(header, 'exam-station/batch', key.publicKey));
  if (!parsed.success || parsed.data.stationId !== station.id) return undefined;
  return { id: batchId({ header }), says: parsed.data, jws: header };
}

const Logged = z.object({ id: Sha256, tenantId: TenantId, header: z.string() });

const loggedAt = (db: Queries, station: StationId, number: number): Promise<z.infer<typeof Logged> | undefined> =>
  selectOne(
    db,
    Logged,
    'SELECT id, tenant_id AS "tenantId", header FROM batches WHERE station_id = $1 AND number::bigint = $2',
    [station, number],
  );

type Evidence = Omit<ListedRival, 'stationId' | 'receivedAt'> & { readonly tenants: readonly TenantId[] };

/** For whose station it is, and for whose results it is about. */
async function keep(db: Queries, station: ActingStation, now: Date, evidence: Evidence): Promise<void> {
  const { kind, id, number, header, againstId, against, tenants } = evidence;
  for (const tenantId of new Set([station.tenantId, ...tenants]))
    await db.query(
      `INSERT INTO rival_batches (tenant_id, station_id, id, kind, number, header, against_id, against, received_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
       WHERE (SELECT count(*) FROM rival_batches WHERE tenant_id = $1 AND station_id = $2) < ${MOST_OF_A_STATION}
       ON CONFLICT (tenant_id, station_id, id, kind) DO NOTHING`,
      [tenantId, station.id, id, kind, number, header, againstId, against, now.toISOString()],
    );
}

const Row = z.object({
  stationId: StationId,
  kind: z.enum(['rival', 'replaced']),
  number: z.int(),
  id: Sha256,
  header: z.string(),
  againstId: Sha256.nullable(),
  against: z.string().nullable(),
  receivedAt: z.date(),
});

/** What stations signed that their chains have no place for, the newest first. */
export async function listRivals(actor: Reader, db: Queries, tenantId: TenantId): Promise<readonly ListedRival[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT station_id AS "stationId", kind, number, id, header, against_id AS "againstId", against,
       received_at AS "receivedAt"
     FROM rival_batches WHERE tenant_id = $1 ORDER BY received_at DESC, id LIMIT 1000`,
    [tenantId],
  );
  return rows.map(({ receivedAt, ...rival }) => ({ ...rival, receivedAt: instant(receivedAt) }));
}
