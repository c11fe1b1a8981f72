import { z } from 'zod';
import { EnrolReply } from '../../contract/center-api.ts';
import { generateSigningKey, openSigner, type Signer } from '../../contract/proof/index.ts';
import { type Database, migrate } from '../database/index.ts';
import type { Vault } from '../vault/index.ts';

/** What this station is: its signing key, made here and sealed, and what the center said of it when it enrolled. */
export type StationIdentity = {
  readonly signer: Signer;
  readonly enrolment: EnrolReply | undefined;
  saveEnrolment(reply: EnrolReply): void;
};

const SCHEMA = [`CREATE TABLE identity (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;`];
const KEY = 'signing-key';
const ENROLMENT = 'enrolment';

export function openIdentity(database: Database, vault: Vault): StationIdentity {
  migrate(database, 'identity', SCHEMA);
  const read = (name: string): Buffer | undefined => {
    const row = database.prepare('SELECT sealed FROM identity WHERE name = ?').get(name) as
      | { sealed: Buffer }
      | undefined;
    return row ? vault.open(row.sealed, `identity/${name}`) : undefined;
  };
  const write = (name: string, plain: Uint8Array | string): void => {
    database.prepare('INSERT OR REPLACE INTO identity VALUES (?, ?)').run(name, vault.seal(plain, `identity/${name}`));
  };
  if (!read(KEY)) write(KEY, generateSigningKey());
  const stored = read(ENROLMENT);
  let enrolment = stored ? z.parse(EnrolReply, JSON.parse(stored.toString('utf8'))) : undefined;
  return {
    signer: openSigner(read(KEY) as Buffer),
    get enrolment() {
      return enrolment;
    },
    saveEnrolment(reply) {
      write(ENROLMENT, JSON.stringify(reply));
      enrolment = reply;
    },
  };
}
