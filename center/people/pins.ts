import { randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { isEasyPin } from '../../contract/words/proctor-pins.ts';

/** argon2id as a PHC string, with the cost that OWASP recommends: for codes that hold for hours. */
export const hashPin = (pin: string): Promise<string> => hash(pin, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** The same at a higher cost: a PIN holds for years and has few digits, and only one is tried at a time. */
export const hashProctorPin = (pin: string): Promise<string> =>
  hash(pin, { memoryCost: 65_536, timeCost: 3, parallelism: 1 });

/** Of six digits, two of them a number, for the one proctor of a demonstration. */
export function makeDemoPin(): string {
  for (;;) {
    const own = String(randomInt(10_000)).padStart(4, '0');
    if (!isEasyPin(own)) return `${randomInt(10, 90)}${own}`;
  }
}
