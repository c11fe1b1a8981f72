import { timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha256 } from '../../../contract/words/ids.ts';
import { sha256 } from '../../../proof/index.ts';
import { makeCode, normalCode } from '../../../proof/secrets/codes.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/**
 * The way in when every PIN is forgotten or locked: a code that this station made at its first start, for the administrator to
 * print and lock away. It works once; the next one lies where the first did.
 */
export type Recovery = {
  matches(text: string): boolean;
  /** Makes another code in the place of the one that was used. */
  renew(): void;
};

/** 125 bits: nobody guesses that, however often they may try. */
const [GROUPS, GROUP] = [5, 5];
const SCHEMA = ['CREATE TABLE recovery (id INTEGER PRIMARY KEY CHECK (id = 1), hash TEXT NOT NULL) STRICT;'];

export const RECOVERY_FILE = 'recovery-code.txt';

/** The code an administrator chose for this terminal, kept outside of the station as well. */
export type SharedCode = {
  readonly hash: Sha256 | undefined;
  /** The code was used: the one that takes its place. */
  readonly onRenew: (hash: Sha256) => void;
};

export function openRecovery(database: Database, folder: string, shared?: SharedCode): Recovery {
  migrate(database, 'recovery', SCHEMA);
  const known = database.prepare<[], { hash: string }>('SELECT hash FROM recovery');
  const file = join(folder, RECOVERY_FILE);
  const save = database.prepare('INSERT OR REPLACE INTO recovery VALUES (1, ?)');
  const hashOf = (code: string): Sha256 => sha256(normalCode(code));
  const renew = (): void => {
    const code = makeCode(GROUPS, GROUP);
    // The file first: a code that nobody can read would be none.
    writeFileSync(file, `${code}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    shared?.onRenew(hashOf(code));
    save.run(hashOf(code));
  };
  const matches = (text: string): boolean => {
    const hash = known.get()?.hash ?? '';
    const given = hashOf(text);
    return hash.length === given.length && timingSafeEqual(Buffer.from(hash), Buffer.from(given));
  };
  // What the administrator chose counts; a code that was printed before is none any more.
  if (shared?.hash && known.get()?.hash !== shared.hash) {
    if (existsSync(file) && hashOf(readFileSync(file, 'utf8')) !== shared.hash) rmSync(file);
    save.run(shared.hash);
  }
  // A file that was printed and deleted is as it should be; one with another code was cut short on its way.
  if (!known.get() || (existsSync(file) && !matches(readFileSync(file, 'utf8')))) renew();
  return { matches, renew };
}
