import { z } from 'zod';
import { FIRM_KINDS, RETENTION_KINDS, RetentionKind, type RetentionRules } from '../../contract/platform/retention.ts';
import { type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { mustKeepRules } from './keepers.ts';

const NONE: RetentionRules = { roster: null, appeals: null, invitations: null, looks: null };

const Row = z.object({ kind: RetentionKind, months: z.int() });
const asRules = (rows: readonly z.infer<typeof Row>[]): RetentionRules => ({
  ...NONE,
  ...Object.fromEntries(rows.map(({ kind, months }) => [kind, months])),
});

export const readPlatformRules = async (db: Queries): Promise<RetentionRules> =>
  asRules(await select(db, Row, 'SELECT kind, months FROM retention_rules'));

const OfFirm = Row.extend({ tenantId: TenantId });

/** What firms say of themselves; nothing of those that say nothing. */
export async function readFirmRules(
  db: Queries,
  only: TenantId | null = null,
): Promise<ReadonlyMap<TenantId, RetentionRules>> {
  const rows = await select(
    db,
    OfFirm,
    `SELECT tenant_id AS "tenantId", kind, months FROM firm_retention_rules WHERE $1::text IS NULL OR tenant_id = $1`,
    [only],
  );
  return new Map([...Map.groupBy(rows, ({ tenantId }) => tenantId)].map(([tenantId, of]) => [tenantId, asRules(of)]));
}

/** Of two that say something, whoever keeps it shorter. */
export function stricter(platform: RetentionRules, firm: RetentionRules = NONE): RetentionRules {
  const of = (kind: RetentionKind): number | null => {
    const said = [platform[kind], firm[kind]].filter((months) => months !== null);
    return said.length === 0 ? null : Math.min(...said);
  };
  return { roster: of('roster'), appeals: of('appeals'), invitations: of('invitations'), looks: of('looks') };
}

/**
 * Says how many months things are kept: the platform, or a firm of its own.
 * @throws Refusal `organisation-unknown`, `unauthorised`; `retention-looser` where a firm would keep longer than the platform
 * does; `bad-message` where a firm says something of what is not its own
 */
export async function putRules(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
  at: OrganisationId,
  rules: RetentionRules,
): Promise<RetentionRules> {
  const tenantId = await mustKeepRules(actor, db, at);
  const deed = { tenantId, what: 'retention-put', subject: { kind: 'retention', id: 'rules' } } as const;
  await db.transaction(async (tx) => {
    // One at a time: what the platform says stays so until what a firm says is held against it.
    await tx.query('LOCK TABLE retention_rules, firm_retention_rules IN SHARE ROW EXCLUSIVE MODE');
    if (tenantId !== null) mustBeStricter(rules, await readPlatformRules(tx));
    const state = async (inside: Queries) =>
      tenantId === null ? readPlatformRules(inside) : (await readFirmRules(inside, tenantId)).get(tenantId);
    await changing(actor, tx, deed, state, (inside) => store(inside, tenantId, rules));
  });
  return rules;
}

async function store(tx: Queries, tenantId: TenantId | null, rules: RetentionRules): Promise<void> {
  if (tenantId === null) await tx.query('DELETE FROM retention_rules');
  else await tx.query('DELETE FROM firm_retention_rules WHERE tenant_id = $1', [tenantId]);
  for (const kind of RETENTION_KINDS) {
    const months = rules[kind];
    if (months === null) continue;
    if (tenantId === null) await tx.query('INSERT INTO retention_rules (kind, months) VALUES ($1, $2)', [kind, months]);
    else
      await tx.query('INSERT INTO firm_retention_rules (tenant_id, kind, months) VALUES ($1, $2, $3)', [
        ...[tenantId, kind, months],
      ]);
  }
}

function mustBeStricter(firm: RetentionRules, platform: RetentionRules): void {
  for (const kind of RETENTION_KINDS) {
    const [own, above] = [firm[kind], platform[kind]];
    if (own === null) continue;
    if (!FIRM_KINDS.some((one) => one === kind))
      throw new Refusal('bad-message', `${kind}: the platform alone says it`);
    if (above !== null && own > above) throw new Refusal('retention-looser', `${kind}: ${above} months at most`);
  }
}
