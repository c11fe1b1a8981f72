import { z } from 'zod';
import { type CandidateId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { forgetAppealNotes, placesOfPerson } from '../results/index.ts';

/** SQL: whether an appeal against a result of somebody waits. Both are columns of the query around it. */
export const appealWaits = (tenantId: string, candidateId: string): string => `EXISTS (
  SELECT 1 FROM appeals a WHERE a.state = 'open' AND a.log_index IN (${placesOfPerson(tenantId, candidateId)}))`;

/** Of a firm, what was decided on until then. */
type DecidedUntil = { readonly tenantId: TenantId; readonly until: Date };
const DECIDED = `FROM unnest($1::text[], $2::timestamptz[]) AS w (tenant_id, until)
  JOIN appeals a ON a.tenant_id = w.tenant_id AND a.decided_at <= w.until AND a.forgotten_at IS NULL`;
const limits = (decided: readonly DecidedUntil[]) => [
  decided.map(({ tenantId }) => tenantId),
  decided.map(({ until }) => until.toISOString()),
];

const Counted = z.object({ tenantId: TenantId, due: z.int() });

/** How many appeals were decided on so long ago and still have their texts, by firm. */
export const countDecided = (
  db: Queries,
  decided: readonly DecidedUntil[],
): Promise<readonly Readonly<z.infer<typeof Counted>>[]> =>
  select(db, Counted, `SELECT a.tenant_id AS "tenantId", count(*)::int AS due ${DECIDED} GROUP BY 1 ORDER BY 1`, [
    ...limits(decided),
  ]);

const FORGET = `UPDATE appeals SET reason = '', decided_note = '', forgotten_at =`;
const Forgotten = z.object({ logIndex: z.int(), decidedAt: z.date() });
/** A decision and the correction it led to were written in one transaction, each with a time of its own. */
const APART_MS = 60_000;
const apart = (at: Date): Date => new Date(at.getTime() + APART_MS);

/** Takes the texts out of some of them; that there was an appeal, and how it was decided, stays. @returns how many */
export async function forgetDecided(tx: Queries, one: DecidedUntil, at: Date, most: number): Promise<number> {
  const gone = await select(
    tx,
    Forgotten,
    `${FORGET} $3 WHERE id IN (SELECT a.id ${DECIDED} ORDER BY a.id LIMIT $4 FOR UPDATE OF a)
     RETURNING log_index AS "logIndex", decided_at AS "decidedAt"`,
    [...limits([one]), at.toISOString(), most],
  );
  await forgetAppealNotes(
    tx,
    one.tenantId,
    gone.map(({ logIndex, decidedAt }) => ({ logIndex, until: apart(decidedAt) })),
  );
  return gone.length;
}

/** The same of all appeals against results of these people. */
export async function forgetAppealsOf(
  tx: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
  at: Date,
): Promise<void> {
  const places = `SELECT p.log_index FROM unnest($2::text[]) AS w (id) JOIN LATERAL (${placesOfPerson('$1', 'w.id')}) p ON true`;
  await tx.query(`${FORGET} $3 WHERE forgotten_at IS NULL AND log_index IN (${places})`, [
    ...[tenantId, ids, at.toISOString()],
  ]);
  const theirs = await select(
    tx,
    z.object({ logIndex: z.int() }),
    `SELECT log_index AS "logIndex" FROM (${places}) t`,
    [...[tenantId, ids]],
  );
  await forgetAppealNotes(
    tx,
    tenantId,
    theirs.map(({ logIndex }) => ({ logIndex, until: apart(at) })),
  );
}
