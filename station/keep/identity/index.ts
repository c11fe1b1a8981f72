import { EnrolReply } from '../../../contract/station-center/center-api.ts';
import { generateSigningKey, openSigner, type Signer } from '../../../proof/index.ts';
import { keyFrom } from '../../../proof/sealed/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

/** What this station is: its signing key, made here and sealed, and what the center said of it when it enrolled. */
export type StationIdentity = {
  readonly signer: Signer;
  /** The key of something sealed for this station, from the half that came with it. @throws Error where that is none */
  keyFrom(ephemeral: string): Buffer;
  readonly enrolment: EnrolReply | undefined;
  saveEnrolment(reply: EnrolReply): void;
};

const SCHEMA = [
  `CREATE TABLE signing_key (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
   CREATE TABLE enrolment (id INTEGER PRIMARY KEY CHECK (id = 1), reply TEXT NOT NULL) STRICT;`,
];
const CONTEXT = 'identity/signing-key';

export function openIdentity(database: Database, vault: Vault): StationIdentity {
  migrate(database, 'identity', SCHEMA);
  const stored = database.prepare('SELECT sealed FROM signing_key').get() as { sealed: Buffer } | undefined;
  const key = stored ? vault.open(stored.sealed, CONTEXT) : generateSigningKey();
  if (!stored) database.prepare('INSERT INTO signing_key VALUES (1, ?)').run(vault.seal(key, CONTEXT));
  let enrolment = readEnrolment(database);
  const signer = openSigner(key);
  return {
    signer,
    keyFrom: (ephemeral) => keyFrom(ephemeral, key, signer.publicKey),
    get enrolment() {
      return enrolment;
    },
    saveEnrolment(reply) {
      database.prepare('INSERT OR REPLACE INTO enrolment VALUES (1, ?)').run(JSON.stringify(reply));
      enrolment = reply;
    },
  };
}

/** What the center said of this station: public, so it can be read without the key that seals the rest. */
export function readEnrolment(database: Database): EnrolReply | undefined {
  migrate(database, 'identity', SCHEMA);
  const row = database.prepare('SELECT reply FROM enrolment').get() as { reply: string } | undefined;
  return row ? EnrolReply.parse(JSON.parse(row.reply)) : undefined;
}
