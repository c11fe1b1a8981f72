import { createPrivateKey, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Sha256 } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';

/** What is shown at the TLS port, as PEM, and what is known of it. */
export type Certificate = {
  /** The center's own certificate first, and then those that vouch for it. */
  readonly chain: string;
  readonly key: string;
  /** SHA-256 of the first one (DER): what the center's key signs. */
  readonly fingerprint: Sha256;
  readonly until: Date;
  /** Whether an authority that programs come with vouches for it. */
  readonly publiclyTrusted: boolean;
};

const ONE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @throws Error with a sentence for the operator where it is no certificate, no key, or not the key of this certificate */
export function readCertificate(chain: string, key: string): Certificate {
  const certificates = (chain.match(ONE) ?? []).map((pem) => new X509Certificate(pem));
  const [own] = certificates;
  if (!own) throw new Error('there is no certificate in PEM form');
  if (!own.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is not the key of the certificate');
  return {
    ...{ chain, key, fingerprint: sha256(own.raw), until: own.validToDate },
    publiclyTrusted: isPubliclyTrusted(certificates),
  };
}

/** Each by the next one, and the last by an authority. Names and dates are for whoever connects to look at. */
export function isPubliclyTrusted(chain: readonly X509Certificate[]): boolean {
  const last = chain.at(-1);
  if (!last || chain.some((one, at) => chain[at + 1] && !isBy(one, chain[at + 1] as X509Certificate))) return false;
  return rootCertificates.some((pem) => isBy(last, new X509Certificate(pem)));
}

const isBy = (one: X509Certificate, other: X509Certificate): boolean =>
  one.raw.equals(other.raw) || (one.checkIssued(other) && one.verify(other.publicKey));
