import { useEffect, useRef } from 'react';
import { type FormItem, isBlankAnswer } from '../../contract/words/form.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import { usePage } from '../context.ts';
import type { LocalAnswer } from './answers.ts';

type NavigatorProps = {
  readonly items: readonly FormItem[];
  readonly at: number;
  readonly answerTo: (item: ItemId) => LocalAnswer;
  readonly onGo: (to: number) => void;
};

/** Every item as a number to go to: answered, blank, marked; the one on the screen stays in sight. */
export function Navigator({ items, at, answerTo, onGo }: NavigatorProps) {
  const { t } = usePage();
  const here = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the item
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <nav className="navigator" aria-label={t('exam.navigator')}>
      {items.map(({ itemId }, i) => {
        const answer = answerTo(itemId);
        const { flagged } = answer;
        const state = isBlankAnswer(answer) ? 'blank' : 'answered';
        const words = [t(`exam.state.${state}`), ...(flagged ? [t('exam.state.flagged')] : [])].join(', ');
        return (
          <button
            key={itemId}
            ref={i === at ? here : undefined}
            type="button"
            className={`${state}${flagged ? ' flagged' : ''}`}
            aria-current={i === at}
            aria-label={`${i + 1}, ${words}`}
            onClick={() => onGo(i)}
          >
            {i + 1}
          </button>
        );
      })}
    </nav>
  );
}
