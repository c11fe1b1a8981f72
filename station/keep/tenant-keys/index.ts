import { randomBytes } from 'node:crypto';
import type { TenantId } from '../../../contract/words/ids.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import { openVault, type Vault } from '../../core/vault/index.ts';

/**
 * A key of its own for each firm that uses this station by a grant: random, and kept sealed. Without it nothing of that firm's
 * opens any more, wherever a copy of it may lie. Whose station it is has the station's own key.
 */
export type TenantKeys = {
  /** What seals this firm's data; the first time a key is made. */
  vaultOf(tenant: TenantId): Vault;
  /** Firms that have one: something of theirs is or was sealed here. */
  tenants(): readonly TenantId[];
  /** The key was erased, and is not to be used out of memory any more. */
  forget(tenant: TenantId): void;
};

const SCHEMA = ['CREATE TABLE tenant_keys (tenant TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;'];
const KEY_BYTES = 32;
const contextOf = (tenant: TenantId): string => `tenant-key/${tenant}`;

export function openTenantKeys(database: Database, vault: Vault): TenantKeys {
  migrate(database, 'tenant-keys', SCHEMA);
  const get = database.prepare<[string], { sealed: Buffer }>('SELECT sealed FROM tenant_keys WHERE tenant = ?');
  const add = database.prepare('INSERT INTO tenant_keys VALUES (?, ?)');
  const everyTenant = database.prepare<[], { tenant: TenantId }>('SELECT tenant FROM tenant_keys');
  const opened = new Map<TenantId, Vault>();
  const keyOf = (tenant: TenantId): Uint8Array => {
    const row = get.get(tenant);
    if (row) return vault.open(row.sealed, contextOf(tenant));
    const key = randomBytes(KEY_BYTES);
    add.run(tenant, vault.seal(key, contextOf(tenant)));
    return key;
  };
  return {
    vaultOf(tenant) {
      const known = opened.get(tenant) ?? openVault(keyOf(tenant));
      opened.set(tenant, known);
      return known;
    },
    tenants: () => everyTenant.all().map(({ tenant }) => tenant),
    forget: (tenant) => void opened.delete(tenant),
  };
}

/** The key is gone: what it sealed is for nobody. Needs no other: a kiosk's is not at hand outside of it. */
export function keyEraser(database: Database): (tenant: TenantId) => void {
  migrate(database, 'tenant-keys', SCHEMA);
  return (tenant) => void database.prepare('DELETE FROM tenant_keys WHERE tenant = ?').run(tenant);
}
