import { z } from 'zod';
import type { Cursor } from '../../contract/platform/paging.ts';
import {
  ErasureCause,
  type ErasureLine,
  RETENTION_KINDS,
  type Retention,
  RetentionKind,
} from '../../contract/platform/retention.ts';
import { instant, type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { select } from '../database/index.ts';
import { type ActingAccount, tenantNames } from '../tenants/index.ts';
import { countDue, limitsAt } from './due.ts';
import { mustKeepRules } from './keepers.ts';
import { readFirmRules, readPlatformRules, stricter } from './rules.ts';

const SOON_MS = 30 * 86_400_000;

/**
 * The rules of the platform or of a firm, and what they come to today and within 30 days. Nothing is erased by it.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export async function readRetention(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  at: OrganisationId,
): Promise<Retention> {
  const tenantId = await mustKeepRules(actor, db, at);
  const platform = await readPlatformRules(db);
  const firm = tenantId === null ? undefined : (await readFirmRules(db, tenantId)).get(tenantId);
  const own = tenantId === null ? platform : stricter({ ...platform, ...NOTHING }, firm);
  const [today, soon] = [now(), new Date(now().getTime() + SOON_MS)];
  const due = async (when: Date) => countDue(db, await limitsAt(db, when, tenantId ?? undefined), when);
  const [nowDue, then] = [await due(today), await due(soon)];
  const going = RETENTION_KINDS.flatMap((kind) => {
    const [first, later] = [nowDue[kind], then[kind]];
    if (!first || !later) return [];
    return [[kind, { today: first.due, soon: Math.max(0, later.due - first.due), held: first.held }] as const];
  });
  const counts = stricter(platform, firm);
  return { own, platform, counts, going: Object.fromEntries(going), at: instant(today) };
}
const NOTHING = { roster: null, appeals: null, invitations: null, looks: null };

const Row = z.object({
  sequence: z.int(),
  id: z.string(),
  tenantId: TenantId.nullable(),
  kind: RetentionKind,
  count: z.int(),
  months: z.int().nullable(),
  cause: ErasureCause,
  by: z.string().nullable(),
  at: z.date(),
});

/**
 * What was erased, the newest first: of a firm, or of all.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export async function listErasures(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
  at: OrganisationId,
  wish: { readonly after?: Cursor | undefined; readonly size: number },
): Promise<{ readonly rows: readonly ErasureLine[]; readonly next: Cursor | null }> {
  const tenantId = await mustKeepRules(actor, db, at);
  const [before] = wish.after ? readCursor(wish.after, z.tuple([z.int()])) : [];
  const rows = await select(
    db,
    Row,
    `SELECT sequence, id, tenant_id AS "tenantId", kind, count, months, cause, by_name AS by, at FROM erasures
     WHERE ($1::text IS NULL OR tenant_id = $1) AND ($2::bigint IS NULL OR sequence < $2) ORDER BY sequence DESC LIMIT $3`,
    [tenantId, before ?? null, wish.size + 1],
  );
  const page = rows.slice(0, wish.size);
  const last = page.at(-1);
  const names = await tenantNames(
    db,
    page.flatMap((row) => row.tenantId ?? []),
  );
  return {
    rows: page.map(({ sequence: _place, tenantId: firm, at: when, ...row }) => ({
      ...row,
      ...{ firm: firm && (names.get(firm) ?? null), at: instant(when) },
    })),
    next: last && rows.length > wish.size ? cursorOf([last.sequence]) : null,
  };
}
