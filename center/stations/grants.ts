import { z } from 'zod';
import { coversExam, type Grant } from '../../contract/records/grants.ts';
import { type ExamId, type GrantId, instant, StationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { verifyGrant } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type ActingStation, mustRead, type Reader } from '../tenants/index.ts';

/** So long an exam may go on that began while its grant ran: what is done about it is still heard. */
const GOES_ON_MS = 24 * 3_600_000;

/** What a station wants to do for another firm: with its exams, while the grant runs; or about one that goes on. */
export type Errand = 'exams' | 'sittings';

/** When one is over: at its end, or when its owner ended it. */
const OVER_AT = 'least(ends_at, ended_at)';

const Row = z.object({ jws: z.string(), endedAt: z.date().nullable() });

/** The grants of this station that are not over, newest first, as they were signed. */
export async function grantsFor({ id }: ActingStation, { db, now }: Center): Promise<readonly string[]> {
  const rows = await select(
    db,
    z.object({ jws: z.string() }),
    `SELECT jws FROM grants WHERE station_id = $1 AND ${OVER_AT} > $2 ORDER BY given_at DESC, id`,
    [id, now().toISOString()],
  );
  return rows.map(({ jws }) => jws);
}

/**
 * The same station, acting for the firm that may use it.
 * @throws Refusal `grant-missing` where this station has no such grant, or it does not run
 */
export async function actingUnder(
  station: ActingStation,
  { db, keys, now }: Center,
  id: GrantId,
  errand: Errand,
): Promise<ActingStation> {
  const [at, late] = [now(), errand === 'exams' ? 0 : GOES_ON_MS];
  const row = await selectOne(
    db,
    z.object({ jws: z.string() }),
    `SELECT jws FROM grants WHERE id = $1 AND station_id = $2 AND begins_at <= $3 AND ${OVER_AT} > $4`,
    [id, station.id, at.toISOString(), new Date(at.getTime() - late).toISOString()],
  );
  const given = row && verifyGrant(row.jws, keys, 'logged');
  if (!given?.ok) throw new Refusal('grant-missing', id);
  return { ...station, tenantId: given.grant.tenantId, grant: given.grant };
}

/** Whether an exam is this station's to hold: all of its own firm's, those of the grant of another's. */
export const mayHold = ({ grant }: Pick<ActingStation, 'grant'>, exam: ExamId): boolean =>
  !grant || coversExam(grant, exam);

/** A grant, as it was signed too, and when its owner ended it. */
export type HeldGrant = { readonly grant: Grant; readonly jws: string; readonly endedAt: Date | undefined };

/** Those of these that this station was ever given. */
export async function heldGrants(
  station: ActingStation,
  { db, keys }: Center,
  ids: readonly GrantId[],
): Promise<readonly HeldGrant[]> {
  if (ids.length === 0) return [];
  const sql = `SELECT jws, ended_at AS "endedAt" FROM grants WHERE station_id = $1 AND id = ANY($2::text[])`;
  const rows = await select(db, Row, sql, [station.id, ids]);
  return rows.flatMap(({ jws, endedAt }) => {
    const given = verifyGrant(jws, keys, 'logged');
    return given.ok ? [{ grant: given.grant, jws, endedAt: endedAt ?? undefined }] : [];
  });
}

/** Which firms this station was ever given to. */
export async function firmsGiven({ id }: ActingStation, { db }: Pick<Center, 'db'>): Promise<readonly TenantId[]> {
  const sql = 'SELECT DISTINCT tenant_id AS "tenantId" FROM grants WHERE station_id = $1';
  return (await select(db, z.object({ tenantId: TenantId }), sql, [id])).map(({ tenantId }) => tenantId);
}

/** Grants to this tenant as they were signed, in the order asked for. */
export async function grantTexts(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  ids: readonly GrantId[],
): Promise<readonly string[]> {
  mustRead(actor, tenantId);
  if (ids.length === 0) return [];
  const shape = z.object({ id: z.string(), jws: z.string() });
  const sql = 'SELECT id, jws FROM grants WHERE tenant_id = $1 AND id = ANY($2::text[])';
  const texts = new Map((await select(db, shape, sql, [tenantId, ids])).map(({ id, jws }) => [id, jws]));
  return ids.flatMap((id) => texts.get(id) ?? []);
}

/** SQL: whether a tenant that is parameter $1 was ever given a station, whose row is called `s`. */
export const WAS_GIVEN = 'EXISTS (SELECT 1 FROM grants g WHERE g.station_id = s.id AND g.tenant_id = $1)';

/** SQL: the same, for one that has begun by $2 and is not over at $3. */
export const IS_GIVEN = `EXISTS (SELECT 1 FROM grants g WHERE g.station_id = s.id AND g.tenant_id = $1
  AND g.begins_at <= $2 AND least(g.ends_at, g.ended_at) > $3)`;

/** From when to when {@link IS_GIVEN} asks. */
export function givenAt(now: Date, errand: Errand): readonly [string, string] {
  const late = errand === 'exams' ? 0 : GOES_ON_MS;
  return [now.toISOString(), new Date(now.getTime() - late).toISOString()];
}

export const Listed = z.object({
  id: z.string(),
  jws: z.string(),
  stationId: StationId,
  station: z.string(),
  ownerId: TenantId,
  endedAt: z.date().nullable(),
});

export const endOf = ({ until }: Grant, endedAt: Date | null): Grant['until'] => {
  const ended = endedAt ? instant(endedAt) : until;
  return ended < until ? ended : until;
};
