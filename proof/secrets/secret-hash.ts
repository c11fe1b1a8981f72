import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { SecretHash } from '../../contract/words/secret-hash.ts';

/** 32 MB and a tenth of a second: a PIN has few digits, so each try should cost whoever has the file something. */
const [N, R, P, BYTES] = [2 ** 15, 8, 1, 32];

const derive = (secret: string, salt: string, [n, r, p]: readonly number[]): Buffer =>
  scryptSync(secret, Buffer.from(salt, 'base64url'), BYTES, { N: n, r, p, maxmem: 256 * 1024 * 1024 });

export function hashSecret(secret: string): SecretHash {
  const salt = randomBytes(16).toString('base64url');
  return SecretHash.parse(`scrypt$${N}$${R}$${P}$${salt}$${derive(secret, salt, [N, R, P]).toString('base64url')}`);
}

export function isSecret(secret: string, kept: SecretHash): boolean {
  const [, n, r, p, salt = '', hash = ''] = kept.split('$');
  return timingSafeEqual(derive(secret, salt, [Number(n), Number(r), Number(p)]), Buffer.from(hash, 'base64url'));
}
