import type { SittingId } from '../../../contract/words/ids.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** Sittings that were moved and go on here: the center tells the other stations, so that they go on nowhere else. */
export type Claims = {
  add(sitting: SittingId): void;
  untold(): readonly SittingId[];
  told(sitting: SittingId): void;
};

const SCHEMA = ['CREATE TABLE claims (sitting TEXT PRIMARY KEY, told INTEGER NOT NULL DEFAULT 0) STRICT;'];

export function openClaims(database: Database): Claims {
  migrate(database, 'claims', SCHEMA);
  const put = database.prepare('INSERT OR IGNORE INTO claims (sitting) VALUES (?)');
  const open = database.prepare<[], { sitting: SittingId }>('SELECT sitting FROM claims WHERE told = 0');
  const settle = database.prepare('UPDATE claims SET told = 1 WHERE sitting = ?');
  return {
    add: (sitting) => void put.run(sitting),
    untold: () => open.all().map(({ sitting }) => sitting),
    told: (sitting) => void settle.run(sitting),
  };
}
