import { z } from 'zod';
import type { Membership } from '../../contract/people-center/candidates.ts';
import { CandidateId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** How somebody came to a firm. */
export type Joined = {
  readonly on: string;
  readonly why: string;
  /** The firm they come from. */
  readonly from?: string | undefined;
};
/** How somebody left it. */
export type Left = {
  readonly on: string;
  readonly why: string;
  /** The firm they go to. */
  readonly to?: string | undefined;
};

type Comer = { readonly id: CandidateId; readonly joined: Joined | undefined };
type Goer = { readonly id: CandidateId; readonly left: Left };

/** They are on the roster: from today, where nobody says otherwise, and where they were not there already. */
export async function noteJoined(tx: Queries, tenantId: TenantId, comers: readonly Comer[]): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const told = comers.map(({ joined }) => joined ?? { on: today, why: '' });
  await tx.query(
    `INSERT INTO memberships (tenant_id, candidate_id, joined_on, joined_why, from_firm)
     SELECT $1::text, n.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS n (id, joined_on, why, firm)
     WHERE NOT EXISTS (SELECT 1 FROM memberships m
       WHERE m.tenant_id = $1 AND m.candidate_id = n.id AND m.left_on IS NULL)`,
    [
      ...[tenantId, comers.map(({ id }) => id), told.map(({ on }) => on), told.map(({ why }) => why)],
      told.map(({ from }) => from ?? null),
    ],
  );
}

export async function noteLeft(tx: Queries, tenantId: TenantId, goers: readonly Goer[]): Promise<void> {
  const told = goers.map(({ left }) => left);
  await tx.query(
    `UPDATE memberships m SET left_on = n.left_on, left_why = n.why, to_firm = n.firm
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS n (id, left_on, why, firm)
     WHERE m.tenant_id = $1 AND m.candidate_id = n.id AND m.left_on IS NULL`,
    [
      ...[tenantId, goers.map(({ id }) => id), told.map(({ on }) => on), told.map(({ why }) => why)],
      told.map(({ to }) => to ?? null),
    ],
  );
}

const Row = z.object({
  ...{ id: CandidateId, name: z.string(), number: z.string() },
  ...{ joinedOn: z.string().nullable(), joinedWhy: z.string().nullable(), from: z.string().nullable() },
  ...{ leftOn: z.string().nullable(), leftWhy: z.string().nullable(), to: z.string().nullable() },
});

/** Who was of the firm, from when until when, and why; or one of them. Where somebody came from and went to is what this firm was told. */
export async function listMemberships(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  ofOne?: CandidateId,
): Promise<readonly Membership[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT c.id, c.name, c.number, m.joined_on AS "joinedOn", m.joined_why AS "joinedWhy", m.from_firm AS "from",
       m.left_on AS "leftOn", m.left_why AS "leftWhy", m.to_firm AS "to"
     FROM memberships m JOIN candidates c ON c.tenant_id = m.tenant_id AND c.id = m.candidate_id
     WHERE m.tenant_id = $1 AND ($2::text IS NULL OR m.candidate_id = $2) ORDER BY m.sequence`,
    [tenantId, ofOne ?? null],
  );
  return rows.map(({ joinedOn, joinedWhy, from, leftOn, leftWhy, to, ...who }) => ({
    ...who,
    ...(joinedOn ? { joined: { on: joinedOn, why: joinedWhy ?? '', ...(from ? { from } : {}) } } : {}),
    ...(leftOn ? { left: { on: leftOn, why: leftWhy ?? '', ...(to ? { to } : {}) } } : {}),
  }));
}
