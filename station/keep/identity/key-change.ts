import type { EnrolReply } from '../../../contract/station-center/center-api.ts';
import { type Instant, instant } from '../../../contract/words/ids.ts';
import type { PublicKey } from '../../../contract/words/keys.ts';
import { generateSigningKey, openSigner, type Signer } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

const SCHEMA = [
  `CREATE TABLE key_wish (id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL) STRICT;
   CREATE TABLE next_key (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
   CREATE TABLE former_keys (
     number INTEGER PRIMARY KEY, public_key TEXT NOT NULL, certificate TEXT NOT NULL, sealed BLOB, until TEXT NOT NULL,
     opens_until TEXT NOT NULL
   ) STRICT;`,
];
const makeTables = (database: Database): void => migrate(database, 'key-change', SCHEMA);

/**
 * A change of the signing key, in two steps: the next key is kept before anybody hears of it, and takes the place of the present
 * one once the center has vouched for it. Whatever ends the program between them leaves the station with both.
 */
export type KeyChange = {
  /** Whether somebody at this machine wished it. */
  readonly wished: boolean;
  /** The next key, where one was made: the center may have vouched for it, whatever was heard of that. */
  readonly next: Signer | undefined;
  /** Makes the next key; where there is one, it is that. */
  begin(): Signer;
  /**
   * The next key is the present one from now on. The former one signs nothing more; it opens what was sealed for it for
   * {@link OPENS_FOR_MS}.
   */
  finish(reply: EnrolReply, now: Instant): void;
};

/** So long somebody may still come with a file that was sealed for a former key. */
const OPENS_FOR_MS = 90 * 24 * 3_600_000;
const [NEXT, FORMER] = ['identity/next-key', 'identity/former-key'] as const;

/** The key that a station has, and what its owner does where it has another. */
export type Present = {
  readonly key: () => { readonly secret: Uint8Array; readonly publicKey: PublicKey; readonly certificate: string };
  /** In the transaction of the change. */
  readonly store: (secret: Uint8Array, reply: EnrolReply) => void;
  /** Behind it. */
  readonly take: (secret: Uint8Array, reply: EnrolReply) => void;
};

export function openKeyChange(database: Database, vault: Vault, present: Present): KeyChange {
  makeTables(database);
  const read = database.prepare<[], { sealed: Buffer }>('SELECT sealed FROM next_key');
  const add = database.prepare('INSERT INTO next_key VALUES (1, ?)');
  const wish = database.prepare('SELECT 1 FROM key_wish');
  const keep = database.prepare(
    'INSERT INTO former_keys (public_key, certificate, sealed, until, opens_until) VALUES (?, ?, ?, ?, ?)',
  );
  const nextSecret = (): Uint8Array | undefined => {
    const row = read.get();
    return row && vault.open(row.sealed, NEXT);
  };
  const change = database.transaction((secret: Uint8Array, reply: EnrolReply, now: Instant) => {
    const { secret: former, publicKey, certificate } = present.key();
    const opensUntil = instant(new Date(Date.parse(now) + OPENS_FOR_MS));
    keep.run(publicKey, certificate, vault.seal(former, FORMER), now, opensUntil);
    present.store(secret, reply);
    database.exec('DELETE FROM next_key; DELETE FROM key_wish;');
  });
  return {
    get wished() {
      return wish.get() !== undefined;
    },
    get next() {
      const secret = nextSecret();
      return secret && openSigner(secret);
    },
    begin() {
      const secret = nextSecret() ?? generateSigningKey();
      if (!read.get()) add.run(vault.seal(secret, NEXT));
      return openSigner(secret);
    },
    finish(reply, now) {
      const secret = nextSecret();
      if (!secret) throw new Error('there is no next key');
      change.immediate(secret, reply, now);
      present.take(secret, reply);
    },
  };
}

/** Has the station change its key at its next turn, or when it starts. Needs no key itself. */
export function wishKeyChange(database: Database, now: Instant): void {
  makeTables(database);
  database.prepare('INSERT OR IGNORE INTO key_wish VALUES (1, ?)').run(now);
}

/** How it is with the keys of a station: public, so it can be read without the key that seals the rest. */
export type FormerKey = {
  readonly publicKey: PublicKey;
  readonly certificate: string;
  readonly until: Instant;
  /** Until when it opens what was sealed for it. */
  readonly opensUntil: Instant;
};

/** The newest first. */
export function formerKeys(database: Database): readonly FormerKey[] {
  makeTables(database);
  return database
    .prepare<[], FormerKey>(
      `SELECT public_key AS publicKey, certificate, until, opens_until AS opensUntil FROM former_keys ORDER BY number DESC`,
    )
    .all();
}

/** What becomes of a wish: `wished` until the station has a turn, `begun` until it has heard the center. */
export function keyChangeStands(database: Database): 'none' | 'wished' | 'begun' {
  makeTables(database);
  const has = (table: string): boolean => database.prepare(`SELECT 1 FROM ${table}`).get() !== undefined;
  if (has('next_key')) return 'begun';
  return has('key_wish') ? 'wished' : 'none';
}

/** Former keys that open what was sealed for them still. The others are gone: their time is over. */
export function openingKeys(database: Database, vault: Vault): readonly { secret: Uint8Array; publicKey: PublicKey }[] {
  const rows = database
    .prepare<[], { sealed: Buffer; publicKey: PublicKey }>(
      'SELECT sealed, public_key AS publicKey FROM former_keys WHERE sealed IS NOT NULL ORDER BY number DESC',
    )
    .all();
  return rows.map(({ sealed, publicKey }) => ({ secret: vault.open(sealed, FORMER), publicKey }));
}

/** Erases the private halves of former keys whose time is over. */
export function eraseFormerKeys(database: Database, now: Instant): void {
  makeTables(database);
  database.prepare('UPDATE former_keys SET sealed = NULL WHERE sealed IS NOT NULL AND opens_until <= ?').run(now);
}
