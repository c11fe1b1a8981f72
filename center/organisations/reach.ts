import { ROLES, type Role, type TreePath } from '../../contract/platform/roles.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type ActingAccount, reaches, reachOf } from '../tenants/index.ts';
import { type OrganisationRow, unknown } from './rows.ts';

/** Whoever keeps a part of the tree: a bureau what lies below its county or street, and not that itself. */
const KEEPERS: readonly Role[] = ['platform', 'bureau'];

/** @throws Refusal `unauthorised` where it is no account, whatever the types were told */
export function mustBeAccount({ kind }: { readonly kind: string }): void {
  if (kind !== 'account') throw new Refusal('unauthorised', `a ${kind} does not do this`);
}

/** What somebody does not see is not there for them. @throws Refusal `organisation-unknown` */
export function mustSee(actor: ActingAccount, row: OrganisationRow | undefined): OrganisationRow {
  if (!row || !reaches(actor, row.path, ...ROLES)) throw unknown();
  return row;
}

/** Where something may be put. @throws Refusal `organisation-unknown`, `unauthorised` */
export function mustKeepBelow(actor: ActingAccount, row: OrganisationRow | undefined): OrganisationRow {
  const seen = mustSee(actor, row);
  if (!reaches(actor, seen.path, ...KEEPERS))
    throw new Refusal('unauthorised', 'this is beyond the reach of your roles');
  return seen;
}

export const keeps = (actor: ActingAccount, { path, id }: OrganisationRow): boolean =>
  reaches(actor, path.slice(0, -(id.length + 1)) as TreePath, ...KEEPERS);

/** What may be changed, moved, closed: whatever lies below one's own place. @throws Refusal `organisation-unknown`, `unauthorised` */
export function mustKeep(actor: ActingAccount, row: OrganisationRow | undefined): OrganisationRow {
  const seen = mustSee(actor, row);
  if (!keeps(actor, seen)) throw new Refusal('unauthorised', 'this is beyond the reach of your roles');
  return seen;
}

/** What lies at or below some places of the tree, as a condition over `o.path`, with what it is asked with from `$first` on. */
export function within(paths: readonly TreePath[], first: number): { readonly sql: string; readonly params: string[] } {
  const outer = [...new Set(paths)].filter((path) => !paths.some((above) => above !== path && path.startsWith(above)));
  const sql = outer.map((_, at) => `o.path LIKE $${first + at}`).join(' OR ');
  return { sql: sql ? `(${sql})` : 'false', params: outer.map(below) };
}

/** As a pattern; ids have an underscore, which patterns take for any letter. */
export const below = (path: TreePath): string => `${path.replaceAll('_', '\\_')}%`;

export const reachOfAny = (actor: ActingAccount): readonly TreePath[] => reachOf(actor, ...ROLES);
