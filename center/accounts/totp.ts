import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;

/** The code of one step of 30 seconds (RFC 6238, SHA-1, six digits: what every authenticator speaks). */
export function totpAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step whose code this is, later than the one used last: the present one or a neighbour, for clocks that are a little off. */
export function stepOf(secret: Uint8Array, code: string, now: Date, usedStep: number): number | undefined {
  const present = Math.floor(now.getTime() / STEP_MS);
  return [present - 1, present, present + 1].find((step) => step > usedStep && isSame(totpAt(secret, step), code));
}

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 (RFC 4648) without padding, as authenticators take a secret. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What an authenticator reads from a picture. */
export function totpUri(secret: string, platform: string, login: string): string {
  const issuer = encodeURIComponent(platform.replaceAll(':', ' ').trim() || 'Exam Station');
  return `otpauth://totp/${issuer}:${encodeURIComponent(login)}?secret=${secret}&issuer=${issuer}`;
}
