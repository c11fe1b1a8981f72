import { stringify } from 'yaml';
import { z } from 'zod';
import { Refusal } from '../../contract/words/reasons.ts';
import { TERM_FIELDS, type TermField, Terms, termFor } from '../../contract/words/terms.ts';
import { readYaml } from '../yaml/index.ts';
import seed from './seed.json' with { type: 'json' };

/**
 * The ten sectors of "2+8": hazardous chemicals, non-coal mines, and eight of industry and trade. Which key areas and
 * categories of personnel there are each place says for itself: those lists are empty.
 */
export const SEED_TERMS: Terms = Terms.parse(seed);

/** The lists as a file to edit. */
export const writeTerms = (terms: Terms): string => stringify(terms, { lineWidth: 120 });

/** @throws Refusal `bad-message` where the file is not such lists */
export function readTerms(text: string): Terms {
  const parsed = Terms.safeParse(parseYaml(text));
  if (!parsed.success) throw new Refusal('bad-message', z.prettifyError(parsed.error));
  return parsed.data;
}

function parseYaml(text: string): unknown {
  try {
    return readYaml(text);
  } catch (error) {
    throw new Refusal('bad-message', (error as Error).message);
  }
}

/** A name that its list does not have. */
export type UnknownTerm = { readonly field: TermField; readonly text: string };

/** What items and rows of blueprints name. */
type Named = { readonly [field in TermField]?: string | undefined };

/** An item or row under the names of the lists; what they do not have stays as it is written. */
export function inTerms<T extends Named>(
  item: T,
  terms: Terms,
): { readonly item: T; readonly unknown: readonly UnknownTerm[] } {
  const named: Partial<Record<TermField, string>> = {};
  const unknown: UnknownTerm[] = [];
  for (const field of TERM_FIELDS) {
    const text = item[field];
    if (text === undefined || terms[field].length === 0) continue;
    const term = termFor(terms[field], text);
    if (term === undefined) unknown.push({ field, text });
    else if (term !== text) named[field] = term;
  }
  return { item: Object.keys(named).length > 0 ? { ...item, ...named } : item, unknown };
}
