import { z } from 'zod';

/**
 * How an administrator's PIN is kept: `scrypt$N$r$p$salt$hash`. scrypt is Node's own, so that the kiosk's shell can compare
 * a PIN where the station, and what it brings along, cannot be started.
 */
export const SecretHash = z
  .string()
  .regex(/^scrypt\$\d{1,7}\$\d{1,2}\$\d{1,2}\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/)
  .brand<'SecretHash'>();
export type SecretHash = z.infer<typeof SecretHash>;
