import type { RetentionKind, RetentionRules } from '../../contract/platform/retention.ts';
import { TreePath } from '../../contract/platform/roles.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { countUntaken } from '../accounts/index.ts';
import { countDecided } from '../appeals/index.ts';
import { countLooks } from '../audit/index.ts';
import type { Queries } from '../database/index.ts';
import { ROOT, tenantsWithin } from '../organisations/index.ts';
import { type CountedLeft, countLeft, countUnusedLinks, type LeftUntil } from '../people/index.ts';
import { heldAt } from './held.ts';
import { monthsBefore } from './months.ts';
import { readFirmRules, readPlatformRules, stricter } from './rules.ts';

/** Every firm lies below it, whatever has become of it. */
const ALL = TreePath.parse(`${ROOT}/`);

/** Of a firm, what is older than this is erased, and by how many months that is. */
export type FirmLimit = LeftUntil & { readonly months: number };

/** What may be erased at a time, by the rules of that time. */
export type Limits = {
  readonly roster: readonly FirmLimit[];
  readonly appeals: readonly FirmLimit[];
  readonly invitations: { readonly until: Date; readonly months: number } | undefined;
  readonly looks: { readonly until: Date; readonly months: number } | undefined;
};

/** The rules of all firms, or of one, as they count. */
export async function limitsAt(db: Queries, now: Date, only?: TenantId): Promise<Limits> {
  const platform = await readPlatformRules(db);
  const firms = await readFirmRules(db, only ?? null);
  const tenantIds = only ? [only] : (await tenantsWithin(db, ALL)).map(({ tenantId }) => tenantId);
  const counts = (tenantId: TenantId): RetentionRules => stricter(platform, firms.get(tenantId));
  const ofFirms = (kind: 'roster' | 'appeals'): readonly FirmLimit[] =>
    tenantIds.flatMap((tenantId) => {
      const months = counts(tenantId)[kind];
      return months === null ? [] : [{ tenantId, months, until: monthsBefore(now, months) }];
    });
  const ofAll = (kind: 'invitations' | 'looks') => {
    const months = only ? null : platform[kind];
    return months === null ? undefined : { months, until: monthsBefore(now, months) };
  };
  return {
    roster: ofFirms('roster'),
    appeals: ofFirms('appeals'),
    invitations: ofAll('invitations'),
    looks: ofAll('looks'),
  };
}

export type Counted = { readonly due: number; readonly held: number };

/** How much of each these limits come to; nothing of what has no rule. It erases nothing. */
export async function countDue(
  db: Queries,
  limits: Limits,
  now: Date,
): Promise<Readonly<Partial<Record<RetentionKind, Counted>>>> {
  const { roster, appeals, invitations, looks } = limits;
  const left: readonly CountedLeft[] = roster.length > 0 ? await countLeft(db, roster, heldAt(now)) : [];
  const decided = appeals.length > 0 ? await countDecided(db, appeals) : [];
  const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
  const of = (due: number, held = 0): Counted => ({ due, held });
  return {
    ...(roster.length > 0 ? { roster: of(sum(left.map(({ due }) => due)), sum(left.map(({ held }) => held))) } : {}),
    ...(appeals.length > 0 ? { appeals: of(sum(decided.map(({ due }) => due))) } : {}),
    ...(invitations
      ? {
          invitations: of(
            (await countUntaken(db, invitations.until, now)) + (await countUnusedLinks(db, invitations.until)),
          ),
        }
      : {}),
    ...(looks ? { looks: of(await countLooks(db, looks.until)) } : {}),
  };
}
