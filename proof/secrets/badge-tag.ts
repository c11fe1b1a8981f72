import { createHmac } from 'node:crypto';

/** So many kinds of badges: of a hundred and fifty, two or three are alike. */
const TAGS = 64;

/**
 * A few bits of the number on a card, under the salt of its own hash: by it a station knows which badges a card cannot be, without
 * the slow hash of each. Whoever has the hash learns those few bits and no more.
 */
export const badgeTagOf = (number: string, badgeHash: string): number =>
  (createHmac('sha256', badgeHash).update(number).digest()[0] as number) % TAGS;
