import { createHash } from 'node:crypto';

/** Of this product; picked once. */
const NAMESPACE = Buffer.from('6f0b5c0e5d1a4b0f9a1e3d7c2b8f4a61', 'hex');

/** The same name is the same UUID (RFC 9562, version 5): what is handed on twice is known again. */
export function nameUuid(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
