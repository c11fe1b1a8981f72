import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { OpenMock } from '../../contract/home/home-api.ts';
import { isBlankAnswer } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useKept } from '../design/use-kept.ts';
import { Countdown } from '../exam/countdown.tsx';
import { HandInDialog } from '../exam/hand-in-dialog.tsx';
import { ItemCard } from '../exam/item-card.tsx';
import { Navigator } from '../exam/navigator.tsx';
import { useAnswers } from '../exam/use-answers.ts';
import { useExamKeys } from '../exam/use-exam-keys.ts';

/** Number of the item on the screen, from 0. */
const Position = z.int().min(0);
/** So much later the center has surely handed it in. */
const AFTER_MS = 16_000;

type PaperProps = {
  readonly mock: OpenMock;
  readonly receivedAt: number;
  readonly active: boolean;
  readonly onTimeUp: () => void;
};

/** The paper of a mock exam: what is answered is kept by the center, each answer as it is given. */
export function MockPaper({ mock, receivedAt, active, onTimeUp }: PaperProps) {
  const { t, locale } = usePage();
  const answers = useAnswers(active);
  const [kept, setAt] = useKept(`at ${mock.id}`, Position, 0);
  const [handingIn, setHandingIn] = useState(false);
  const { items } = mock;
  const last = items.length - 1;
  const at = Math.min(kept, last);
  const go = (to: number) => setAt(Math.min(Math.max(to, 0), last));
  useEffect(() => {
    const timer = setTimeout(onTimeUp, mock.remainingMs + AFTER_MS);
    return () => clearTimeout(timer);
  }, [mock.remainingMs, onTimeUp]);
  const item = items[at];
  const answer = item && answers.answerTo(item.itemId);
  const ready = answers.form !== undefined;
  useExamKeys({ item, answer, active: active && ready && !handingIn, give: answers.answer, go: (by) => go(at + by) });
  if (!item || !answer) return null;
  const blank = items.flatMap(({ itemId }, i) => (isBlankAnswer(answers.answerTo(itemId)) ? [i + 1] : []));
  return (
    <Main screen="mock" className="home-page mock">
      <h1 className="visually-hidden">{inLocale(mock.title, locale)}</h1>
      <div className="mock-head">
        <Countdown clock={{ remainingMs: mock.remainingMs, running: true }} receivedAt={receivedAt} runs />
        <p className="saved" role="status" data-saving={answers.saving}>
          <strong>{t('exam.answered', { done: items.length - blank.length, all: items.length })}</strong>
          <span>{t(answers.saving ? 'exam.saving' : 'exam.saved')}</span>
        </p>
      </div>
      <section className="lesson-sheet">
        <ItemCard
          key={item.itemId}
          {...{ item, at }}
          of={items.length}
          given={answer}
          flagged={answer.flagged}
          bilingual={false}
          locked={!ready}
          onAnswer={(given) => answers.answer(item.itemId, given)}
          onFlag={() => answers.flag(item.itemId, !answer.flagged)}
        />
        <div className="moves">
          <Button icon="previous" disabled={at === 0} onPress={() => go(at - 1)} action="previous">
            {t('exam.previous')}
          </Button>
          {at < last ? (
            <Button look="primary" icon="next" className="icon-after" onPress={() => go(at + 1)} action="next">
              {t('exam.next')}
            </Button>
          ) : (
            <Button look="primary" onPress={() => setHandingIn(true)} action="hand-in-last">
              {t('exam.hand-in')}
            </Button>
          )}
        </div>
      </section>
      <aside className="mock-side" aria-label={t('exam.navigator')}>
        <Navigator items={items} at={at} answerTo={answers.answerTo} onGo={go} />
        <Button onPress={() => setHandingIn(true)} action="hand-in">
          {t('exam.hand-in')}
        </Button>
      </aside>
      {handingIn && (
        <HandInDialog
          blank={blank}
          flagged={items.flatMap(({ itemId }, i) => (answers.answerTo(itemId).flagged ? [i + 1] : []))}
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
