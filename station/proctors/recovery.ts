import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../contract/proof/index.ts';
import { type Database, migrate } from '../database/index.ts';

/**
 * The way in when every PIN is forgotten or locked: a code that this station made at its first start, for the administrator to
 * print and lock away. It works once; the next one lies where the first did.
 */
export type Recovery = {
  matches(text: string): boolean;
  /** Makes another code in the place of the one that was used. */
  renew(): void;
};

/** Crockford's: nothing that looks like something else. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const [GROUPS, GROUP] = [5, 5];
const SCHEMA = ['CREATE TABLE recovery (id INTEGER PRIMARY KEY CHECK (id = 1), hash TEXT NOT NULL) STRICT;'];

export const RECOVERY_FILE = 'recovery-code.txt';

export function openRecovery(database: Database, folder: string): Recovery {
  migrate(database, 'recovery', SCHEMA);
  const known = database.prepare<[], { hash: string }>('SELECT hash FROM recovery');
  const file = join(folder, RECOVERY_FILE);
  const renew = (): void => {
    const code = newCode();
    // The file first: a code that nobody can read would be none.
    writeFileSync(file, `${code}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    database.prepare('INSERT OR REPLACE INTO recovery VALUES (1, ?)').run(sha256(normal(code)));
  };
  const matches = (text: string): boolean => {
    const hash = known.get()?.hash ?? '';
    const given = sha256(normal(text));
    return hash.length === given.length && timingSafeEqual(Buffer.from(hash), Buffer.from(given));
  };
  // A file that was printed and deleted is as it should be; one with another code was cut short on its way.
  if (!known.get() || (existsSync(file) && !matches(readFileSync(file, 'utf8')))) renew();
  return { matches, renew };
}

/** 125 bits: nobody guesses that, however often they may try. */
function newCode(): string {
  const letters = Array.from(randomBytes(GROUPS * GROUP), (byte) => LETTERS[byte % LETTERS.length]).join('');
  return letters.match(/.{5}/g)?.join('-') ?? '';
}

/** As somebody types it: small letters, blanks, O for 0, I or L for 1. */
const normal = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
