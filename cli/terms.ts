import { FILE_MOST, readUpTo } from '../authoring/read-up-to.ts';
import { readTerms, SEED_TERMS } from '../authoring/terms/index.ts';
import type { Terms } from '../contract/words/terms.ts';

/** For every command that reads a bank: the same file under other lists is another bank. */
export const TERMS_OPTION = [
  '--terms <file>',
  'what sectors, areas and categories are called here, as `bank terms` prints it; the ten sectors without it',
] as const;

/** @throws Refusal `bad-message` */
export const termsFrom = (file: string | undefined): Terms =>
  file ? readTerms(readUpTo(file, FILE_MOST.text, 'bad-message').toString('utf8')) : SEED_TERMS;
