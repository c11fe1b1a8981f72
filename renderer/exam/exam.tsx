import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { Stage } from '../../contract/page/view.ts';
import { isBlankAnswer } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useKept } from '../design/use-kept.ts';
import { isBilingual } from './content-language.tsx';
import { ExamSide } from './exam-side.tsx';
import { HandInDialog } from './hand-in-dialog.tsx';
import { ItemCard } from './item-card.tsx';
import { useAnswers } from './use-answers.ts';
import { useExamKeys } from './use-exam-keys.ts';

/** Number of the item on the screen, from 0. */
const Position = z.int().min(0);

type ExamProps = {
  readonly stage: Extract<Stage, { stage: 'in-progress' | 'paused' }>;
  /** The station takes answers now. */
  readonly active: boolean;
};

/** Stays mounted while the exam is paused: where the candidate was, and what is not saved yet, must not be lost. */
export function ExamScreen({ stage, active }: ExamProps) {
  const { t, locale, pictures } = usePage();
  const answers = useAnswers(active);
  const { form, answerTo, flag, check } = answers;
  const [kept, setAt] = useKept(`at ${stage.sittingId}`, Position, 0);
  const [handingIn, setHandingIn] = useState(false);
  const last = (form?.items.length ?? 1) - 1;
  const at = Math.min(kept, last);
  const go = (to: number) => setAt(Math.min(Math.max(to, 0), last));
  const item = form?.items[at];
  const hidden = stage.stage === 'paused';
  // A picture that came after its page would move what somebody is about to touch.
  useEffect(() => void (form && pictures.fetchAhead(picturesOf(form.items))), [form, pictures]);
  useExamKeys({
    item,
    answer: item && answerTo(item.itemId),
    active: active && !handingIn,
    give: answers.answer,
    go: (by) => go(at + by),
  });
  // Each a node of its own: the paper does not come in where the word before it stood.
  if (!form || !item) {
    return (
      <Main key="loading" screen="loading" className="scene alone" hidden={hidden}>
        <p className="lead">{t('exam.loading')}</p>
      </Main>
    );
  }

  const answer = answerTo(item.itemId);
  const blank = form.items.flatMap(({ itemId }, i) => (isBlankAnswer(answerTo(itemId)) ? [i + 1] : []));
  return (
    <Main key="exam" screen="exam" className="exam" hidden={hidden}>
      <h1 className="visually-hidden">{inLocale(stage.exam.title, locale)}</h1>
      <section className="paper">
        <ItemCard
          key={item.itemId}
          item={item}
          at={at}
          of={form.items.length}
          given={answer}
          flagged={answer.flagged}
          bilingual={isBilingual(form)}
          feedback={answer.feedback}
          locked={answer.asking || answer.feedback !== undefined}
          onAnswer={(given) => answers.answer(item.itemId, given)}
          onFlag={() => flag(item.itemId, !answer.flagged)}
        />
        <nav className="moves" aria-label={t('exam.moves')}>
          <Button icon="previous" disabled={at === 0} onPress={() => go(at - 1)} action="previous">
            {t('exam.previous')}
          </Button>
          {stage.exam.mode === 'mock' && !answer.feedback && (
            <Button
              icon="check"
              disabled={isBlankAnswer(answer) || answer.asking || answer.saved < answer.revision}
              onPress={() => check(item.itemId)}
              action="check"
            >
              {t('practice.check')}
            </Button>
          )}
          {at < last ? (
            <Button look="primary" icon="next" className="icon-after" onPress={() => go(at + 1)} action="next">
              {t('exam.next')}
            </Button>
          ) : (
            <Button look="primary" onPress={() => setHandingIn(true)} action="hand-in-last">
              {t('exam.hand-in')}
            </Button>
          )}
        </nav>
      </section>
      <ExamSide
        stage={stage}
        form={form}
        at={at}
        answers={answers}
        done={form.items.length - blank.length}
        onGo={go}
        onHandIn={() => setHandingIn(true)}
      />
      {handingIn && !hidden && (
        <HandInDialog
          blank={blank}
          flagged={form.items.flatMap(({ itemId }, i) => (answerTo(itemId).flagged ? [i + 1] : []))}
          saving={answers.saving}
          onGo={(number) => {
            setHandingIn(false);
            go(number - 1);
          }}
          onClose={() => setHandingIn(false)}
        />
      )}
    </Main>
  );
}
