import { CenterKeyRevocation, CenterKeyStatement } from '../contract/records/center-keys.ts';
import { generateSigningKey, openSigner, type Signer } from './index.ts';

/** A key that a root gave a time, as tests want it. */
export function issuedBy(root: Signer, from: string, until: string) {
  const secret = generateSigningKey();
  const signer = openSigner(secret);
  const { publicKey } = signer;
  const says = CenterKeyStatement.parse({ format: 'exam-station/center-key@1', publicKey, from, until });
  return { secret, signer, statement: root.sign('exam-station/center-key', says) };
}

/** That nothing counts which this key signs from then on. */
export function revokedBy(root: Signer, { publicKey }: Pick<Signer, 'publicKey'>, at: string): string {
  const says = CenterKeyRevocation.parse({ format: 'exam-station/center-key-revocation@1', publicKey, at });
  return root.sign('exam-station/center-key-revocation', says);
}
