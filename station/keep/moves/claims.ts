import type { GrantId, SittingId } from '../../../contract/words/ids.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** Sittings that were moved and go on here: the center tells the other stations, so that they go on nowhere else. */
export type Claims = {
  /** @param grant under which it goes on here */
  add(sitting: SittingId, grant?: GrantId): void;
  untold(): readonly Claimed[];
  told(sitting: SittingId): void;
};

export type Claimed = { readonly sitting: SittingId; readonly grant?: GrantId };

const SCHEMA = [
  'CREATE TABLE claims (sitting TEXT PRIMARY KEY, told INTEGER NOT NULL DEFAULT 0) STRICT;',
  'ALTER TABLE claims ADD COLUMN grant_id TEXT;',
];

export function openClaims(database: Database): Claims {
  migrate(database, 'claims', SCHEMA);
  const put = database.prepare('INSERT OR IGNORE INTO claims (sitting, grant_id) VALUES (?, ?)');
  const open = database.prepare<[], { sitting: SittingId; grant: GrantId | null }>(
    'SELECT sitting, grant_id AS "grant" FROM claims WHERE told = 0',
  );
  const settle = database.prepare('UPDATE claims SET told = 1 WHERE sitting = ?');
  return {
    add: (sitting, grant) => void put.run(sitting, grant ?? null),
    untold: () => open.all().map(({ sitting, grant }) => ({ sitting, ...(grant ? { grant } : {}) })),
    told: (sitting) => void settle.run(sitting),
  };
}
