import { z } from 'zod';

/**
 * A public Ed25519 key: its 32 bytes in base64url, as the `x` of an OKP JWK (RFC 8037). The last of 43 letters carries four
 * bits of the key, so only every fourth letter may stand there: a key has one spelling.
 */
export const PublicKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)
  .brand<'PublicKey'>();
export type PublicKey = z.infer<typeof PublicKey>;

/** A public X25519 key, which nothing is signed with: something is sealed to it. Written as a {@link PublicKey} is. */
export const ExchangeKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)
  .brand<'ExchangeKey'>();
export type ExchangeKey = z.infer<typeof ExchangeKey>;
