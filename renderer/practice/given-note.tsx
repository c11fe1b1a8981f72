import type { FormItem, Given } from '../../contract/words/form.ts';
import { usePage } from '../context.ts';
import { letterOf } from '../design/letters.ts';

/** What was answered, where no option of a list shows it: a number, words, an order. */
export function GivenNote({ item, given }: { readonly item: FormItem; readonly given: Given }) {
  const { t } = usePage();
  const said = saidIn(item, given);
  return said && <p className="muted">{t('practice.given', { given: said })}</p>;
}

function saidIn({ kind, options }: FormItem, { chosen, typed, gaps }: Given): string | undefined {
  if (kind === 'order' && chosen.length > 0)
    return chosen.map((id) => letterOf(options.findIndex((option) => option.id === id))).join(' → ');
  if (gaps?.some((text) => text.trim() !== '')) return gaps.map((text) => text.trim() || '–').join(' · ');
  return typed || undefined;
}
