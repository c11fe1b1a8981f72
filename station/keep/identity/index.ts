import type { EnrolReply } from '../../../contract/station-center/center-api.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { generateSigningKey, openSigner, type Signer } from '../../../proof/index.ts';
import { keyFrom } from '../../../proof/sealed/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { makeTables, readEnrolment } from './enrolment.ts';
import { formerKeys, type KeyChange, openingKeys, openKeyChange } from './key-change.ts';
import { openRevoked, type Revoked } from './revocation.ts';

export { readEnrolment } from './enrolment.ts';
export { eraseFormerKeys, type FormerKey, formerKeys, keyChangeStands, wishKeyChange } from './key-change.ts';
export { readRevocation } from './revocation.ts';

/** What this station is: its signing key, made here and sealed, and what the center said of it when it enrolled. */
export type StationIdentity = {
  /** Of the present key: asked for each time, as it may have been changed since. */
  readonly signer: Signer;
  /**
   * The key of something sealed for this station, from the half that came with it, for each of its own that it may have been sealed
   * for. @throws Error where that is none
   */
  keyFrom(ephemeral: string): readonly Buffer[];
  readonly enrolment: EnrolReply | undefined;
  /** Of each key that it had, the present one first; none before it enrolled. */
  readonly certificates: readonly string[];
  saveEnrolment(reply: EnrolReply): void;
  readonly keyChange: KeyChange;
  /** Whether the center has ended it. */
  readonly revoked: Revoked;
};

const CONTEXT = 'identity/signing-key';

export function openIdentity(database: Database, vault: Vault): StationIdentity {
  makeTables(database);
  const stored = database.prepare('SELECT sealed FROM signing_key').get() as { sealed: Buffer } | undefined;
  let secret: Uint8Array = stored ? vault.open(stored.sealed, CONTEXT) : generateSigningKey();
  if (!stored) database.prepare('INSERT INTO signing_key VALUES (1, ?)').run(vault.seal(secret, CONTEXT));
  let enrolment = readEnrolment(database);
  let signer = openSigner(secret);
  const store = (reply: EnrolReply): void =>
    void database.prepare('INSERT OR REPLACE INTO enrolment VALUES (1, ?)').run(JSON.stringify(reply));
  const keyChange = openKeyChange(database, vault, {
    key() {
      if (!enrolment) throw new Error('this station is not enrolled');
      return { secret, publicKey: signer.publicKey, certificate: enrolment.certificate };
    },
    store(next, reply) {
      database.prepare('UPDATE signing_key SET sealed = ? WHERE id = 1').run(vault.seal(next, CONTEXT));
      store(reply);
    },
    take(next, reply) {
      [secret, signer, enrolment] = [next, openSigner(next), reply];
    },
  });
  return {
    get signer() {
      return signer;
    },
    keyChange,
    revoked: openRevoked(database),
    keyFrom: (ephemeral) =>
      [{ secret, publicKey: signer.publicKey }, ...openingKeys(database, vault)].map((own) =>
        keyFrom(ephemeral, own.secret, own.publicKey),
      ),
    get enrolment() {
      return enrolment;
    },
    get certificates() {
      return enrolment ? [enrolment.certificate, ...formerKeys(database).map(({ certificate }) => certificate)] : [];
    },
    saveEnrolment(reply) {
      store(reply);
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
