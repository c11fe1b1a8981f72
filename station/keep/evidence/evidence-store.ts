import type { Instant, Sha256, SittingId, TenantId } from '../../../contract/words/ids.ts';
import { sha256 } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

export type Kept = {
  readonly tenantId: TenantId;
  readonly sitting: SittingId;
  readonly jpeg: Uint8Array;
  /** When it must be gone. */
  readonly until: Instant;
};
/** Pictures of one sitting whose time is over. */
export type Expired = { readonly sitting: SittingId; readonly pictures: readonly Sha256[] };

/**
 * Pictures at rest: sealed with a key of the tenant's own, in a database of their own. Each belongs to its sitting, also where
 * two look alike: a covered camera shows everybody the same.
 */
export type EvidenceStore = {
  /** @returns its hash; nothing where the space for pictures is used up */
  put(kept: Kept): Sha256 | undefined;
  /** Nothing where it is erased, or another tenant's. */
  get(tenantId: TenantId, sitting: SittingId, picture: Sha256): Buffer | undefined;
  expired(now: Instant): readonly Expired[];
  ofSitting(sitting: SittingId): readonly Sha256[];
  erase(sitting: SittingId, pictures: readonly Sha256[]): void;
  readonly usage: { readonly bytes: number; readonly most: number };
};

/** About 60,000 pictures. */
const MOST_BYTES = 2_000_000_000;

const SCHEMA = [
  `CREATE TABLE pictures (
     sitting TEXT NOT NULL, hash TEXT NOT NULL, until TEXT NOT NULL, size INTEGER NOT NULL, sealed BLOB NOT NULL,
     PRIMARY KEY (sitting, hash)
   ) STRICT;
   CREATE INDEX pictures_until ON pictures (until);`,
];

export function openEvidenceStore(database: Database, vault: Vault, most = MOST_BYTES): EvidenceStore {
  migrate(database, 'evidence', SCHEMA);
  const vaults = new Map<TenantId, Vault>();
  const vaultOf = (tenantId: TenantId): Vault => {
    const own = vaults.get(tenantId) ?? vault.for(tenantId);
    vaults.set(tenantId, own);
    return own;
  };
  const sum = database.prepare<[], { bytes: number }>('SELECT coalesce(sum(size), 0) AS bytes FROM pictures');
  let { bytes } = sum.get() ?? { bytes: 0 };
  const drop = database.prepare('DELETE FROM pictures WHERE sitting = ? AND hash = ?');
  const eraseAll = database.transaction((sitting: SittingId, pictures: readonly Sha256[]) => {
    for (const picture of pictures) drop.run(sitting, picture);
  });
  return {
    put({ tenantId, sitting, jpeg, until }) {
      if (bytes + jpeg.length > most) return undefined;
      const hash = sha256(jpeg);
      const sealed = vaultOf(tenantId).seal(jpeg, contextOf(hash));
      const { changes } = database
        .prepare('INSERT OR IGNORE INTO pictures VALUES (?, ?, ?, ?, ?)')
        .run(sitting, hash, until, jpeg.length, sealed);
      if (changes > 0) bytes += jpeg.length;
      return hash;
    },
    get(tenantId, sitting, picture) {
      const row = database
        .prepare<[string, string], { sealed: Buffer }>('SELECT sealed FROM pictures WHERE sitting = ? AND hash = ?')
        .get(sitting, picture);
      try {
        return row && vaultOf(tenantId).open(row.sealed, contextOf(picture));
      } catch {
        return undefined;
      }
    },
    expired(now) {
      const rows = database
        .prepare<[string], { hash: Sha256; sitting: SittingId }>(
          'SELECT hash, sitting FROM pictures WHERE until <= ? ORDER BY sitting, hash',
        )
        .all(now);
      const bySitting = Map.groupBy(rows, ({ sitting }) => sitting);
      return [...bySitting].map(([sitting, all]) => ({ sitting, pictures: all.map(({ hash }) => hash) }));
    },
    ofSitting: (sitting) =>
      database
        .prepare<[string], { hash: Sha256 }>('SELECT hash FROM pictures WHERE sitting = ? ORDER BY hash')
        .all(sitting)
        .map(({ hash }) => hash),
    erase(sitting, pictures) {
      eraseAll.immediate(sitting, pictures);
      database.pragma('wal_checkpoint(TRUNCATE)');
      bytes = sum.get()?.bytes ?? 0;
    },
    get usage() {
      return { bytes, most };
    },
  };
}

const contextOf = (hash: Sha256): string => `evidence/${hash}`;
