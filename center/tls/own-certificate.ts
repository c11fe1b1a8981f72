import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import {
  bits,
  type Der,
  explicit,
  implicit,
  integer,
  objectId,
  octets,
  sequence,
  set,
  time,
  utf8,
  yes,
} from './der.ts';

export type OwnWish = {
  /** Whom people read it is of. */
  readonly name: string;
  /** Under which names and IPv4 addresses it may be found. Whoever knows the center's key does not look at them. */
  readonly hosts: readonly string[];
  readonly from: Date;
  readonly until: Date;
};

/** Browsers take no Ed25519. */
const ECDSA_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));
const VERSION_3 = explicit(0, integer(Uint8Array.of(2)));
/** GeneralName (RFC 5280, 4.2.1.6) */
const [DNS_NAME, IP_ADDRESS] = [2, 7];

/** A new key, and a certificate that it signs itself: both as PEM, the certificate first. */
export function makeOwnCertificate(wish: OwnWish): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = contentOf(wish, publicKey);
  const certificate = sequence(content, ECDSA_SHA256, bits(sign('sha256', content, privateKey)));
  return `${pem(certificate)}${privateKey.export({ format: 'pem', type: 'pkcs8' })}`;
}

function contentOf({ name, hosts, from, until }: OwnWish, publicKey: KeyObject): Der {
  const who = sequence(set(sequence(objectId('2.5.4.3'), utf8(name))));
  // A serial number is above 0 and has at most 20 bytes (RFC 5280, 4.1.2.2).
  const serial = Uint8Array.of(0x40, ...randomBytes(15));
  return sequence(
    VERSION_3,
    integer(serial),
    ECDSA_SHA256,
    who,
    sequence(time(from), time(until)),
    who,
    publicKey.export({ format: 'der', type: 'spki' }),
    explicit(3, extensionsFor(hosts)),
  );
}

const extensionsFor = (hosts: readonly string[]): Der =>
  sequence(
    // basicConstraints: it vouches for no other; keyUsage: digitalSignature; extKeyUsage: serverAuth; subjectAltName
    extension('2.5.29.19', sequence(), 'critical'),
    extension('2.5.29.15', bits(Uint8Array.of(0x80), 7), 'critical'),
    extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', sequence(...hosts.map(generalName))),
  );

const extension = (id: string, value: Der, critical?: 'critical'): Der =>
  sequence(objectId(id), ...(critical ? [yes()] : []), octets(value));

const generalName = (host: string): Der =>
  isIPv4(host)
    ? implicit(IP_ADDRESS, Uint8Array.from(host.split('.').map(Number)))
    : implicit(DNS_NAME, Buffer.from(host));

const pem = (der: Der): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
