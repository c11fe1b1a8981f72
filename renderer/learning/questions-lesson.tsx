import { useState } from 'react';
import type { Lesson } from '../../contract/words/course.ts';
import { isBlankAnswer } from '../../contract/words/form.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { isBilingual } from '../exam/content-language.tsx';
import { ItemCard } from '../exam/item-card.tsx';
import { useAnswers } from '../exam/use-answers.ts';

type QuestionsLessonProps = {
  readonly lesson: Extract<Lesson, { kind: 'questions' }>;
  readonly active: boolean;
};

/** Questions between: each is answered, and then told. */
export function QuestionsLesson({ lesson, active }: QuestionsLessonProps) {
  const { t } = usePage();
  const { form, answerTo, answer, flag, check } = useAnswers(active);
  const [at, setAt] = useState(0);
  const items = lesson.items.flatMap((id) => form?.items.find(({ itemId }) => itemId === id) ?? []);
  const item = items[at];
  if (!item) return <p className="lead">{t('exam.loading')}</p>;
  const given = answerTo(item.itemId);
  const last = items.length - 1;
  return (
    <div className="lesson-questions">
      <ItemCard
        key={item.itemId}
        item={item}
        at={at}
        of={items.length}
        given={given}
        flagged={given.flagged}
        bilingual={isBilingual({ items })}
        feedback={given.feedback}
        locked={!active || given.asking || given.feedback !== undefined}
        onAnswer={(next) => answer(item.itemId, next)}
        onFlag={() => flag(item.itemId, !given.flagged)}
      />
      <div className="row">
        {given.feedback ? (
          at < last && (
            <Button look="primary" icon="next" className="icon-after" onPress={() => setAt(at + 1)} action="next">
              {t('exam.next')}
            </Button>
          )
        ) : (
          <Button
            look="primary"
            icon="check"
            disabled={isBlankAnswer(given) || given.asking || given.saved < given.revision}
            onPress={() => check(item.itemId)}
            action="check"
          >
            {t('practice.check')}
          </Button>
        )}
        {at > 0 && (
          <Button look="quiet" icon="previous" onPress={() => setAt(at - 1)} action="previous">
            {t('exam.previous')}
          </Button>
        )}
      </div>
    </div>
  );
}
