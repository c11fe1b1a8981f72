import type { FormItem, Given } from '../../contract/words/form.ts';
import { usePage } from '../context.ts';
import { letterOf } from '../design/letters.ts';

/** What was answered, where no option of a list shows it: a number, words, an order, pairs. */
export function GivenNote({ item, given }: { readonly item: FormItem; readonly given: Given }) {
  const { t } = usePage();
  const said = saidIn(item, given);
  return said && <p className="muted">{t('practice.given', { given: said })}</p>;
}

function saidIn({ kind, options, premises = [] }: FormItem, given: Given): string | undefined {
  const { chosen, typed, gaps, pairs = [] } = given;
  const numberOf = (premise: string): number => premises.findIndex(({ id }) => id === premise) + 1;
  const letter = (choice: string): string => letterOf(options.findIndex(({ id }) => id === choice));
  if (pairs.length > 0)
    return pairs.map(({ premise, choice }) => `${numberOf(premise)} → ${letter(choice)}`).join(' · ');
  if (kind === 'order' && chosen.length > 0) return chosen.map(letter).join(' → ');
  if (gaps?.some((text) => text.trim() !== '')) return gaps.map((text) => text.trim() || '–').join(' · ');
  return typed || undefined;
}
