import { useEffect } from 'react';
import type { FormItem, Given } from '../../contract/words/form.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { LocalAnswer } from './answers.ts';
import { meaningOf } from './exam-keys.ts';

type ExamKeys = {
  readonly item: FormItem | undefined;
  readonly answer: LocalAnswer | undefined;
  /** Nothing stands before the paper, and answers are taken. */
  readonly active: boolean;
  readonly give: (item: ItemId, given: Given) => void;
  readonly go: (by: 1 | -1) => void;
};

/** The exam by keys. A key that something else on the screen has a use for is left to it. */
export function useExamKeys({ item, answer, active, give, go }: ExamKeys): void {
  useEffect(() => {
    if (!active || !item || !answer) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      const meaning = meaningOf(event.key, item, answer);
      if (!meaning || (meaning.kind === 'go' && scrolls(event.target))) return;
      event.preventDefault();
      if (meaning.kind === 'go') go(meaning.by);
      else if (!answer.asking && !answer.feedback) give(item.itemId, meaning.given);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  (target.closest('dialog') !== null ||
    target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select'));

/** A table that is wider than its place: arrows move it. */
const scrolls = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-sideways]') !== null;
