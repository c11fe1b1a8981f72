import { type Grant, runsAt } from '../../../contract/records/grants.ts';
import type { EnrolReply } from '../../../contract/station-center/center-api.ts';
import type { GrantId, Instant, TenantId } from '../../../contract/words/ids.ts';
import { verifyGrant } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import { centerKeysIn } from '../identity/index.ts';

/**
 * By which other firms may use this station, as the center last said it. Nothing of it is secret, and none is forgotten: the
 * proof of a record takes the grant it names.
 */
export type Grants = {
  /** The center says that these are not over; any other is, whatever it says of itself. */
  replace(given: readonly string[]): void;
  /** Those under which an exam may begin at this moment; the one that ends first first. */
  running(at: Instant): readonly Grant[];
  /** Of this firm, one that is not over, or not yet begun. */
  isOpen(tenant: TenantId, at: Instant): boolean;
  find(id: GrantId): Grant | undefined;
  /** As it was signed, for a proof file. */
  jwsOf(id: GrantId): string | undefined;
  /** Every firm that ever had one. */
  tenants(): readonly TenantId[];
};

const SCHEMA = [
  `CREATE TABLE grants (
     id TEXT PRIMARY KEY, tenant TEXT NOT NULL, jws TEXT NOT NULL, over INTEGER NOT NULL DEFAULT 0
   ) STRICT;`,
];
type Row = { readonly jws: string; readonly over: number };

/** @param enrolment whose key each is checked with, and for which station it must be */
export function openGrants(database: Database, enrolment: () => EnrolReply | undefined): Grants {
  migrate(database, 'grants', SCHEMA);
  const put = database.prepare(
    'INSERT INTO grants (id, tenant, jws) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET jws = excluded.jws, over = 0',
  );
  const endAll = database.prepare('UPDATE grants SET over = 1 WHERE over = 0');
  const one = database.prepare<[string], Row>('SELECT jws, over FROM grants WHERE id = ?');
  const open = database.prepare<[], Row>('SELECT jws, over FROM grants WHERE over = 0');
  const everyTenant = database.prepare<[], { tenant: TenantId }>('SELECT DISTINCT tenant FROM grants');

  // A signature is checked once: the screen asks whenever it changes.
  const checked = new Map<string, Grant | undefined>();
  const read = (jws: string): Grant | undefined => {
    const { centerKey, stationId } = enrolment() ?? {};
    const center = centerKey && centerKeysIn(database, centerKey);
    // Of a key that is revoked meanwhile, nothing stands that was checked before.
    const known = `${typeof center === 'string' ? center : [...(center?.keys ?? []), ...(center?.revocations ?? [])]} ${jws}`;
    if (!checked.has(known)) {
      const given = center ? verifyGrant(jws, center) : undefined;
      checked.set(known, given?.ok ? given.grant : undefined);
    }
    const grant = checked.get(known);
    return grant?.stationId === stationId ? grant : undefined;
  };
  const replace = database.transaction((given: readonly string[]) => {
    endAll.run();
    for (const jws of given) {
      const grant = read(jws);
      if (grant) put.run(grant.id, grant.tenantId, jws);
    }
  });
  const notOver = (): readonly Grant[] => open.all().flatMap(({ jws }) => read(jws) ?? []);
  return {
    replace: (given) => replace.immediate(given),
    running: (at) =>
      notOver()
        .filter((grant) => runsAt(grant, at))
        .toSorted((a, b) => (a.until < b.until ? -1 : 1)),
    isOpen: (tenant, at) => notOver().some(({ tenantId, until }) => tenantId === tenant && at < until),
    find: (id) => {
      const row = one.get(id);
      return row && read(row.jws);
    },
    jwsOf: (id) => one.get(id)?.jws,
    tenants: () => everyTenant.all().map(({ tenant }) => tenant),
  };
}
