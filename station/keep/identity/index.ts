import type { CenterKeyList } from '../../../contract/records/center-keys.ts';
import type { EnrolReply } from '../../../contract/station-center/center-api.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { type CenterKeys, generateSigningKey, openSigner, type Signer } from '../../../proof/index.ts';
import { keyFrom } from '../../../proof/sealed/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { centerKeysIn, keepCenterKeys } from './center-keys.ts';
import { makeTables, readEnrolment } from './enrolment.ts';
import { openRevoked, type Revoked } from './revocation.ts';

export { centerKeysIn } from './center-keys.ts';
export { readEnrolment } from './enrolment.ts';
export { readRevocation } from './revocation.ts';

/** What this station is: its signing key, made here and sealed, and what the center said of it when it enrolled. */
export type StationIdentity = {
  readonly signer: Signer;
  /** The key of something sealed for this station, from the half that came with it. @throws Error where that is none */
  keyFrom(ephemeral: string): Buffer;
  readonly enrolment: EnrolReply | undefined;
  saveEnrolment(reply: EnrolReply): void;
  /** The keys of the center it is enrolled with. */
  readonly centerKeys: CenterKeys | undefined;
  /** What the root of the center says of its keys, whoever brought it; what it did not sign is passed over. */
  hearOfKeys(said: CenterKeyList): void;
  /** Whether the center has ended it. */
  readonly revoked: Revoked;
};

const CONTEXT = 'identity/signing-key';

export function openIdentity(database: Database, vault: Vault): StationIdentity {
  makeTables(database);
  const stored = database.prepare('SELECT sealed FROM signing_key').get() as { sealed: Buffer } | undefined;
  const key = stored ? vault.open(stored.sealed, CONTEXT) : generateSigningKey();
  if (!stored) database.prepare('INSERT INTO signing_key VALUES (1, ?)').run(vault.seal(key, CONTEXT));
  let enrolment = readEnrolment(database);
  const signer = openSigner(key);
  return {
    signer,
    revoked: openRevoked(database),
    keyFrom: (ephemeral) => keyFrom(ephemeral, key, signer.publicKey),
    get enrolment() {
      return enrolment;
    },
    get centerKeys() {
      return enrolment && centerKeysIn(database, enrolment.centerKey);
    },
    hearOfKeys(said) {
      if (enrolment) keepCenterKeys(database, enrolment.centerKey, said);
    },
    saveEnrolment(reply) {
      database.prepare('INSERT OR REPLACE INTO enrolment VALUES (1, ?)').run(JSON.stringify(reply));
      enrolment = reply;
    },
  };
}

/**
 * Nothing that counts begins at a station whose results nobody takes any more.
 * @throws Refusal `station-revoked`
 */
export function mustNotBeRevoked({ revoked: { said } }: Pick<StationIdentity, 'revoked'>): void {
  if (said) throw new Refusal('station-revoked', `${said.at}, ${said.cause}`);
}
