import { z } from 'zod';
import { type Instant, instant, SittingId, StationId, type TenantId } from '../../contract/words/ids.ts';
import { type Reason, ReasonCode } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** Something that speaks against a station, or against one of its records: kept from when it was first found. */
export type Finding = { readonly reason: ReasonCode; readonly detail: string; readonly at: Instant };

type Found = {
  readonly tenantId: TenantId;
  readonly stationId: StationId;
  /** Nothing where it is of the station itself. */
  readonly sittingId?: SittingId;
  readonly reason: Reason;
  readonly detail: string;
};

export async function keepFindings(db: Queries, found: readonly Found[], at: Date): Promise<void> {
  for (const { tenantId, stationId, sittingId, reason, detail } of found)
    await db.query(
      `INSERT INTO findings (tenant_id, station_id, sitting_id, reason, detail, found_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [tenantId, stationId, sittingId ?? '', reason, detail, at.toISOString()],
    );
}

const COLUMNS = 'reason, detail, found_at AS "foundAt"';
const Row = z.object({ reason: ReasonCode, detail: z.string(), foundAt: z.date() });
const findingOf = ({ reason, detail, foundAt }: z.infer<typeof Row>): Finding => ({
  ...{ reason, detail },
  at: instant(foundAt),
});

/** What speaks against these records, by sitting. */
export async function findingsOfRecords(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  sittings: readonly SittingId[],
): Promise<ReadonlyMap<SittingId, readonly Finding[]>> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row.extend({ sittingId: SittingId }),
    `SELECT sitting_id AS "sittingId", ${COLUMNS} FROM findings
     WHERE tenant_id = $1 AND sitting_id = ANY($2::text[]) ORDER BY reason`,
    [tenantId, [...sittings]],
  );
  return mapOf(rows.map((row) => [row.sittingId, findingOf(row)]));
}

/** What speaks against the stations of a firm, by station. */
export async function findingsOfStations(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
): Promise<ReadonlyMap<StationId, readonly Finding[]>> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row.extend({ stationId: StationId }),
    `SELECT station_id AS "stationId", ${COLUMNS} FROM findings WHERE tenant_id = $1 AND sitting_id = '' ORDER BY reason`,
    [tenantId],
  );
  return mapOf(rows.map((row) => [row.stationId, findingOf(row)]));
}

const mapOf = <K>(pairs: readonly (readonly [K, Finding])[]): ReadonlyMap<K, readonly Finding[]> => {
  const groups = Map.groupBy(pairs, ([key]) => key);
  return new Map([...groups].map(([key, all]) => [key, all.map(([, finding]) => finding)]));
};
