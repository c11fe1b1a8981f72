import { createHash } from 'node:crypto';
import type { Instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { canonicalJson } from '../canonical.ts';
import { type Signer, verifyDigests } from '../jws.ts';
import { didOf, fromBase58, methodOf, toBase58 } from './multibase.ts';

/** Data Integrity proofs by the suite `eddsa-jcs-2022` (W3C vc-di-eddsa, 3.3). */

type Document = { readonly '@context': unknown; readonly [member: string]: unknown };

/** The document with its proof, by the key of the signer as a `did:key`. */
export function signDocument<D extends Document>(document: D, signer: Signer, created: Instant) {
  const options = {
    '@context': document['@context'] as D['@context'],
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created,
    verificationMethod: methodOf(didOf(signer.publicKey)),
    proofPurpose: 'assertionMethod',
  } as const;
  const proofValue = `z${toBase58(signer.signDigests(digestsOf(document, options)))}`;
  return { ...document, proof: { ...options, proofValue } };
}

/** Did this key sign this document as it is? Who may sign it, and when, whoever asks has to know. */
export function isSignedBy(
  { proof, ...document }: Document & { readonly proof: Document & { readonly proofValue: string } },
  key: PublicKey,
): boolean {
  const { proofValue, ...options } = proof;
  // What a word means is signed with it: another meaning of the words of the proof would be another proof.
  if (canonicalJson(options['@context']) !== canonicalJson(document['@context'])) return false;
  const signature = proofValue.startsWith('z') ? fromBase58(proofValue.slice(1), 64) : undefined;
  return signature !== undefined && verifyDigests(digestsOf(document, options), signature, key);
}

/** SHA-256 of the proof without its value, and behind it that of the document without its proof. */
const digestsOf = (document: object, options: object): Uint8Array =>
  Buffer.concat([options, document].map((part) => createHash('sha256').update(canonicalJson(part)).digest()));
