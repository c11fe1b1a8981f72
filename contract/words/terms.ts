import { z } from 'zod';
import { Localized } from './localized.ts';

/** One name of a list, and the other ways in which people write it. */
export const Term = z
  .strictObject({ name: Localized, also: z.array(z.string().trim().min(1)).readonly().optional() })
  .readonly();
export type Term = z.infer<typeof Term>;

/**
 * What items and blueprints call sectors, key areas and categories of personnel: so that 危化品 and 危险化学品行业 are one
 * sector. A list that is empty takes every name as it is written.
 */
export const Terms = z
  .strictObject({
    industry: z.array(Term).readonly(),
    area: z.array(Term).readonly(),
    category: z.array(Term).readonly(),
  })
  .readonly()
  .refine((terms) => Object.values(terms).every(isUnambiguous), { error: 'two terms of a list are written the same' });
export type Terms = z.infer<typeof Terms>;
export type TermField = keyof Terms;
export const TERM_FIELDS = ['industry', 'area', 'category'] as const satisfies readonly TermField[];

const spellings = ({ name, also = [] }: Term): readonly string[] => [name.zh, ...(name.en ? [name.en] : []), ...also];

function isUnambiguous(list: readonly Term[]): boolean {
  const all = list.flatMap((term) => [...new Set(spellings(term).map(folded))]);
  return new Set(all).size === all.length;
}

/** 冶金行业, 冶金工业 and 冶金 are the same; so are full-width and half-width letters. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s"'“”]/g, '')
    .replace(/(?<=.{2})(行业|工业|领域|企业|类)$/, '');

/** The term that a text means, by its Chinese name; nothing where the list has none. */
export function termFor(list: readonly Term[], text: string): string | undefined {
  const wanted = folded(text);
  return list.find((term) => spellings(term).some((spelling) => folded(spelling) === wanted))?.name.zh;
}
