import { z } from 'zod';
import { type RefusedPhoto, StationReport } from '../../contract/station-center/center-api.ts';
import { type Instant, StationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type ActingStation, mustRead, type Reader, type System } from '../tenants/index.ts';
import { type Finding, findingsOfStations } from './findings.ts';
import { actingUnder } from './grants.ts';
import { IS_REVOKED } from './revoked.ts';

/**
 * Keeps what a station says of itself in the place of what it said before. Signed requests can be sent again by whoever saw
 * them: one that is older than the last, or the last itself, makes nobody look alive. A station whose clock was set back looks
 * silent until it has caught up: ten minutes at the most, as it is refused with a clock that is further off. Of a guest's people
 * it is the guest who is told, and nothing else but that.
 * @param saidAt by the station's clock, as signed
 * @returns whether it is the newest
 */
export async function keepReadiness(
  station: ActingStation,
  center: Center,
  { guests = [], ...own }: StationReport,
  saidAt: Instant,
): Promise<boolean> {
  const isNewest = await keep(station, center, own, saidAt);
  for (const { grant, refusedPhotos } of guests) {
    const guest = await actingUnder(station, center, grant, 'sittings').catch(unlessOver);
    if (guest) await keep(guest, center, { status: own.status, at: own.at, checks: [], refusedPhotos }, saidAt);
  }
  return isNewest;
}

/** Its time is over since the station heard of it: there is nobody to tell. */
function unlessOver(error: unknown): undefined {
  if (!(error instanceof Refusal && error.reason === 'grant-missing')) throw error;
}

async function keep(
  { tenantId, id }: ActingStation,
  { db, now }: Center,
  report: StationReport,
  saidAt: Instant,
): Promise<boolean> {
  const kept = await db.query(
    `INSERT INTO readiness (tenant_id, station_id, body, said_at, heard_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (tenant_id, station_id) DO UPDATE
       SET body = excluded.body, said_at = excluded.said_at, heard_at = excluded.heard_at
       WHERE readiness.said_at < excluded.said_at
     RETURNING station_id`,
    [tenantId, id, JSON.stringify(report), saidAt, now().toISOString()],
  );
  return kept.length > 0;
}

const Row = z.object({
  id: StationId,
  name: z.string(),
  body: z.string().nullable(),
  heardAt: z.date().nullable(),
  freshKeySince: z.date().nullable(),
});

export type HeardStation = Readonly<Pick<z.infer<typeof Row>, 'id' | 'name'>> & {
  /** Nothing where it never said anything. */
  readonly heard: { readonly readiness: StationReport; readonly at: Date } | undefined;
  /** Since when its operator wishes another signing key of it; nothing where it has one. */
  readonly freshKeySince?: Date | undefined;
  /** What speaks against it. */
  readonly findings: readonly Finding[];
};

/** Every station of a firm that is not revoked, with what it said last. */
export async function heardStations(actor: Reader, db: Queries, tenantId: TenantId): Promise<readonly HeardStation[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT s.id, s.name, r.body, r.heard_at AS "heardAt", s.fresh_key_since AS "freshKeySince" FROM stations s
     LEFT JOIN readiness r ON r.tenant_id = s.tenant_id AND r.station_id = s.id
     WHERE s.tenant_id = $1 AND NOT ${IS_REVOKED} ORDER BY s.name, s.id`,
    [tenantId],
  );
  const findings = await findingsOfStations(actor, db, tenantId);
  return rows.map(({ id, name, body, heardAt, freshKeySince }) => ({
    ...{ id, name, freshKeySince: freshKeySince ?? undefined, findings: findings.get(id) ?? [] },
    heard: body && heardAt ? { readiness: StationReport.parse(JSON.parse(body)), at: heardAt } : undefined,
  }));
}

const Counted = z.object({ heard: z.int(), silent: z.int(), never: z.int() });

/** How many stations of all firms were heard since then, before then, and never; revoked ones are not counted. */
export async function countStations(_actor: System, db: Queries, since: Date): Promise<z.infer<typeof Counted>> {
  const none = { heard: 0, silent: 0, never: 0 };
  const counted = await selectOne(
    db,
    Counted,
    `SELECT count(*) FILTER (WHERE r.heard_at >= $1) AS heard, count(*) FILTER (WHERE r.heard_at < $1) AS silent,
       count(*) FILTER (WHERE r.heard_at IS NULL) AS never
     FROM stations s LEFT JOIN readiness r ON r.tenant_id = s.tenant_id AND r.station_id = s.id WHERE NOT ${IS_REVOKED}`,
    [since.toISOString()],
  );
  return counted ?? none;
}

/**
 * The stations of all firms, but those that are revoked, whose program did not say that it knows this: of before, or never heard.
 * @returns what they are called
 */
export async function stationsWithout(_actor: System, db: Queries, knows: string): Promise<readonly string[]> {
  const rows = await select(
    db,
    z.object({ name: z.string(), body: z.string().nullable() }),
    `SELECT s.name, r.body FROM stations s
     LEFT JOIN readiness r ON r.tenant_id = s.tenant_id AND r.station_id = s.id
     WHERE NOT ${IS_REVOKED} ORDER BY s.name, s.id`,
    [],
  );
  const says = (body: string | null): readonly string[] => (body && StationReport.parse(JSON.parse(body)).knows) || [];
  return rows.filter(({ body }) => !says(body).includes(knows)).map(({ name }) => name);
}

/** Whether the program of a station said that it knows this; `undefined` where it was never heard. */
export async function stationKnows(db: Queries, station: StationId, knows: string): Promise<boolean | undefined> {
  const shape = z.object({ body: z.string() });
  const rows = await select(db, shape, 'SELECT body FROM readiness WHERE station_id = $1', [station]);
  if (rows.length === 0) return undefined;
  // What it says of itself stands with its own firm; of guests it says which photos are bad.
  return rows.some(({ body }) => StationReport.parse(JSON.parse(body)).knows?.includes(knows));
}

/** A photo that a station can make nothing of, and what that station is called. */
export type SaidPhoto = RefusedPhoto & { readonly station: string };

/** What stations that are not revoked said last of photos of a firm: its own, and those it uses or used by a grant. */
export async function saidPhotos(actor: Reader, db: Queries, tenantId: TenantId): Promise<readonly SaidPhoto[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    z.object({ station: z.string(), body: z.string() }),
    `SELECT s.name AS station, r.body FROM readiness r JOIN stations s ON s.id = r.station_id
     WHERE r.tenant_id = $1 AND NOT ${IS_REVOKED} ORDER BY s.name, s.id`,
    [tenantId],
  );
  return rows.flatMap(({ station, body }) => {
    const { refusedPhotos = [] } = StationReport.parse(JSON.parse(body));
    return refusedPhotos.map((photo) => ({ ...photo, station }));
  });
}
