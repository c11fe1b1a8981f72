import { useState } from 'react';
import type { Answered, HomeLesson, OpenCourse, Told } from '../../contract/home/home-api.ts';
import type { Lesson } from '../../contract/words/course.ts';
import { type FormItem, type Given, isBlankAnswer } from '../../contract/words/form.ts';
import type { ExamId } from '../../contract/words/ids.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { ItemCard } from '../exam/item-card.tsx';
import { useHome } from './home-context.tsx';

type QuestionsProps = {
  readonly examId: ExamId;
  readonly lesson: Extract<Lesson, { kind: 'questions' }>;
  readonly items: OpenCourse['items'];
  readonly answered: readonly Answered[];
  readonly active: boolean;
  readonly onAnswer: (answer: Answered, state: HomeLesson) => void;
};

/** Questions between: each may be answered as often as one likes, and is told each time. */
export function QuestionsLesson({ examId, lesson, items, answered, active, onAnswer }: QuestionsProps) {
  const { t } = usePage();
  const [at, setAt] = useState(0);
  const right = new Set(answered.flatMap((one) => (one.right ? [one.itemId] : [])));
  const asked = lesson.items.flatMap((id) => items.find(({ itemId }) => itemId === id) ?? []);
  const item = asked[at];
  if (!item) return null;
  const done = asked.filter(({ itemId }) => right.has(itemId)).length;
  return (
    <div className="lesson-questions">
      <p className="muted">{t('home.right-so-far', { done, all: asked.length })}</p>
      <Question key={item.itemId} {...{ examId, item, at, active, onAnswer }} of={asked.length} />
      <div className="row">
        {at > 0 && (
          <Button look="quiet" icon="previous" onPress={() => setAt(at - 1)} action="previous">
            {t('exam.previous')}
          </Button>
        )}
        {at < asked.length - 1 && (
          <Button look="quiet" icon="next" className="icon-after" onPress={() => setAt(at + 1)} action="next">
            {t('exam.next')}
          </Button>
        )}
      </div>
    </div>
  );
}

type QuestionProps = {
  readonly examId: ExamId;
  readonly item: FormItem;
  readonly at: number;
  readonly of: number;
  readonly active: boolean;
  readonly onAnswer: QuestionsProps['onAnswer'];
};

function Question({ examId, item, at, of, active, onAnswer }: QuestionProps) {
  const { t } = usePage();
  const api = useHome();
  const { busy, refused, run } = useCall();
  const [given, setGiven] = useState<Given>({ chosen: [] });
  const [told, setTold] = useState<Told>();
  const check = () =>
    run(async () => {
      const { itemId } = item;
      const { told: said, lesson } = await api.answer(examId, { itemId, ...given });
      setTold(said);
      onAnswer({ itemId, right: said.right }, lesson);
    });
  return (
    <>
      <ItemCard
        {...{ item, at, of, given }}
        flagged={false}
        bilingual={false}
        feedback={told?.key}
        locked={busy || told !== undefined}
        onAnswer={setGiven}
      />
      {told && !told.key && (
        <p className={told.right ? 'feedback right' : 'feedback wrong'} role="status">
          <strong>{t(told.right ? 'practice.right' : 'practice.wrong')}</strong>
        </p>
      )}
      <Notice reason={refused} />
      <div className="row">
        {told ? (
          !told.right && (
            <Button look="primary" onPress={() => setTold(undefined)} action="answer-again">
              {t('home.answer-again')}
            </Button>
          )
        ) : (
          <Button
            look="primary"
            icon="check"
            disabled={!active || busy || isBlankAnswer(given)}
            onPress={check}
            action="check"
          >
            {t('home.check')}
          </Button>
        )}
      </div>
    </>
  );
}
