import { hash, verify } from '@node-rs/argon2';

/** argon2id with the cost that OWASP recommends; computed on threads of its own, so that nobody else waits. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A PHC string. Takes tens of milliseconds. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), COST);

/** Of nobody: where there is no account, this is what is compared with, which takes as long. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$stpLqz2BW2Fz2J86ozVKxA$MfFJmz+/Ka0j9ND98LWEn8qFGS/rFB0z5dnkR63dv7M';

export const isPassword = async (kept: string | null | undefined, password: string): Promise<boolean> =>
  (await verify(kept ?? NOBODYS, password.normalize('NFC'))) && Boolean(kept);

const EASY = ['password', 'qwerty', '123456', 'abcdef', 'iloveyou', 'admin', 'welcome', 'woaini', '111111', '000000'];
/** So little must be left of a password without what everybody tries first. */
const OWN = 5;

/** What whoever guesses tries first: the login itself, words and rows of keys that everybody takes, few different characters. */
export function isEasyPassword(password: string, login: string): boolean {
  const small = password.toLowerCase();
  const rest = [...EASY, login].reduce((left, word) => left.replaceAll(word, ''), small);
  return new Set(small).size < OWN || rest.length < OWN || STRAIGHT.some((row) => row.includes(small));
}
const STRAIGHT = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];
