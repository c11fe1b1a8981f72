import type { ProofFile } from '../contract/records/batches.ts';
import type { Remark } from '../contract/words/remarks.ts';
import { type CenterKey, type CenterKeys, joinKeys, NO_KEYS, openCenterKeys } from './center-keys.ts';
import { keyId } from './jws.ts';
import { keysByKind } from './keys-by-kind.ts';
import { no, type Rejection, type Verified } from './verdict.ts';
import type { VerifyPolicy } from './verify-remarks.ts';

/** The keys of the center, by what its root says in the file, and by what whoever asks knows besides. */
export function keysFor(file: ProofFile, { centerKeys = NO_KEYS }: VerifyPolicy): Verified<{ keys: CenterKeys }> {
  const own = 'keys' in file ? { keys: keysByKind(file).statements, revocations: file.revocations } : NO_KEYS;
  const list = joinKeys(own, centerKeys);
  const keys = openCenterKeys(file.centerKey, list);
  const all = keys.keys.length === list.keys.length && keys.revocations.length === list.revocations.length;
  return all
    ? { ok: true, keys }
    : no('signature-invalid', 'a statement about a key of the center is not signed by its root');
}

/**
 * Why what a revoked key signed does not stand. Whoever has such a key writes any date, so what stands is what the log holds, by a
 * head that another key signed.
 * @param isShown whether the file shows that
 */
export function whyRevoked(revoked: readonly CenterKey[], isShown: boolean): Rejection | undefined {
  const [first] = revoked;
  if (!first || isShown) return undefined;
  return no('center-key-revoked', `center key ${keyId(first.publicKey)}, and the file shows no log`);
}

export const remarkOnKey = ({ publicKey, revokedAt }: CenterKey): Remark => ({
  code: 'signed-before-revocation',
  values: { key: keyId(publicKey), at: String(revokedAt) },
});
