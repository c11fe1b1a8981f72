import { hash, verify } from '@node-rs/argon2';

/** argon2id as a PHC string, with the cost that OWASP recommends: stations check the PIN offline. */
export const hashPin = (pin: string): Promise<string> => hash(pin, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** Whether this is the PIN behind a hash. */
export const isPin = (pin: string, pinHash: string): Promise<boolean> => verify(pinHash, pin).catch(() => false);
