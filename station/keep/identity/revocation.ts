import type { Revocation } from '../../../contract/records/revocations.ts';
import { verifyRevocation } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import { centerKeysIn } from './center-keys.ts';
import { readEnrolment } from './enrolment.ts';

const SCHEMA = [`CREATE TABLE revocation (id INTEGER PRIMARY KEY CHECK (id = 1), jws TEXT NOT NULL) STRICT;`];

/** That the center has ended this station. */
export type Revoked = {
  /** What it said of that; nothing while the station stands. */
  readonly said: Revocation | undefined;
  /**
   * Keeps what was said, for good: no later answer takes it back.
   * @param jws as it came, from the center or from anybody on the line
   * @returns whether the center signed it, of this station
   */
  hear(jws: string): boolean;
};

export function openRevoked(database: Database): Revoked {
  let said = readRevocation(database);
  return {
    get said() {
      return said;
    },
    hear(jws) {
      const heard = verified(database, jws, undefined);
      if (!heard) return false;
      database.prepare('INSERT OR IGNORE INTO revocation VALUES (1, ?)').run(jws);
      said ??= heard;
      return true;
    },
  };
}

/** Public, so it can be read without the key that seals the rest. */
export function readRevocation(database: Database): Revocation | undefined {
  migrate(database, 'revocation', SCHEMA);
  const row = database.prepare('SELECT jws FROM revocation').get() as { jws: string } | undefined;
  return row && verified(database, row.jws, 'known');
}

function verified(database: Database, jws: string, known: 'known' | undefined): Revocation | undefined {
  const enrolment = readEnrolment(database);
  return enrolment && verifyRevocation(jws, enrolment.stationId, centerKeysIn(database, enrolment.centerKey), known);
}
