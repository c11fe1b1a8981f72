import { z } from 'zod';
import type { Membership } from '../../contract/people-center/operator-api.ts';
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

/** Somebody is on the roster: from today, where nobody says otherwise, and where they were not there already. */
export async function noteJoined(tx: Queries, tenantId: TenantId, id: CandidateId, joined?: Joined): Promise<void> {
  const { on = new Date().toISOString().slice(0, 10), why = '', from = null } = joined ?? {};
  await tx.query(
    `INSERT INTO memberships (tenant_id, candidate_id, joined_on, joined_why, from_firm)
     SELECT $1, $2, $3, $4, $5
     WHERE NOT EXISTS (SELECT 1 FROM memberships WHERE tenant_id = $1 AND candidate_id = $2 AND left_on IS NULL)`,
    [tenantId, id, on, why, from],
  );
}

export async function noteLeft(tx: Queries, tenantId: TenantId, id: CandidateId, left: Left): Promise<void> {
  await tx.query(
    `UPDATE memberships SET left_on = $3, left_why = $4, to_firm = $5
     WHERE tenant_id = $1 AND candidate_id = $2 AND left_on IS NULL`,
    [tenantId, id, left.on, left.why, left.to ?? null],
  );
}

const Row = z.object({
  ...{ id: CandidateId, name: z.string(), number: z.string() },
  ...{ joinedOn: z.string().nullable(), joinedWhy: z.string().nullable(), from: z.string().nullable() },
  ...{ leftOn: z.string().nullable(), leftWhy: z.string().nullable(), to: z.string().nullable() },
});

/** Who was of the firm, from when until when, and why. Where somebody came from and went to is what this firm was told. */
export async function listMemberships(actor: Reader, db: Queries, tenantId: TenantId): Promise<readonly Membership[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT c.id, c.name, c.number, m.joined_on AS "joinedOn", m.joined_why AS "joinedWhy", m.from_firm AS "from",
       m.left_on AS "leftOn", m.left_why AS "leftWhy", m.to_firm AS "to"
     FROM memberships m JOIN candidates c ON c.tenant_id = m.tenant_id AND c.id = m.candidate_id
     WHERE m.tenant_id = $1 ORDER BY m.sequence`,
    [tenantId],
  );
  return rows.map(({ joinedOn, joinedWhy, from, leftOn, leftWhy, to, ...who }) => ({
    ...who,
    ...(joinedOn ? { joined: { on: joinedOn, why: joinedWhy ?? '', ...(from ? { from } : {}) } } : {}),
    ...(leftOn ? { left: { on: leftOn, why: leftWhy ?? '', ...(to ? { to } : {}) } } : {}),
  }));
}
