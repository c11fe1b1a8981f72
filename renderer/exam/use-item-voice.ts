import { useEffect } from 'react';
import type { FormItem } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { speechOf } from '../../messages/speech.ts';
import { usePage } from '../context.ts';
import { letterOf } from '../design/letters.ts';
import { type ReadAloud, useReadAloud } from '../design/read-aloud.ts';
import { spokenContent } from '../design/spoken-content.ts';

export type ItemVoice = Pick<ReadAloud, 'available' | 'speaking' | 'stop'> & {
  /** What it is about, the question, then what options are put beside by its number, then each option by its letter. */
  readonly readAll: () => void;
  readonly readOption: (at: number) => void;
  /** Whether it is registered that this candidate is read to: then it begins by itself, and each option can be heard alone. */
  readonly registered: boolean;
};

/** Reads an item aloud. What an option that is a picture shows is not told: that could be the answer. */
export function useItemVoice(item: FormItem): ItemVoice {
  const { contentLocale: locale, arrangements } = usePage();
  const { available, speaking, speak, stop } = useReadAloud(locale, item.itemId);
  const registered = arrangements.readAloud === true;
  // In the language of the question, which need not be that of the screen.
  const spoken = (text: string) => spokenContent(text, speechOf(locale).t);
  const optionAt = (at: number): string => {
    const text = item.options[at]?.text;
    return `${letterOf(at)}. ${text ? spoken(inLocale(text, locale)).join(' ') : ''}`;
  };
  const premises = () =>
    (item.premises ?? []).map(({ text }, at) => `${at + 1}. ${text ? spoken(inLocale(text, locale)).join(' ') : ''}`);
  const options = () => item.options.map((_, at) => optionAt(at));
  const passage = () => (item.passage ? spoken(inLocale(item.passage.text, locale)) : []);
  const readAll = () => speak([...passage(), ...spoken(inLocale(item.stem, locale)), ...premises(), ...options()]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each item
  useEffect(() => {
    if (registered && available) readAll();
  }, [item.itemId, registered, available]);
  return { available, speaking, stop, registered, readAll, readOption: (at) => speak([optionAt(at)]) };
}
