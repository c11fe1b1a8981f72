import { useState } from 'react';
import { usePage } from '../context.ts';
import { FaceView } from '../parts/face-view.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProctorDesk } from '../parts/proctor-desk.tsx';
import { Countdown } from './countdown.tsx';
import { HandInDialog } from './hand-in-dialog.tsx';
import { ItemCard } from './item-card.tsx';
import { Navigator } from './navigator.tsx';
import type { StageProps } from './stage-props.ts';
import { useAnswers } from './use-answers.ts';

export function ExamScreen({ stage, receivedAt }: StageProps<'in-progress'> & { readonly receivedAt: number }) {
  const { t } = usePage();
  const { form, answerTo, choose, flag, saving } = useAnswers();
  const [at, setAt] = useState(0);
  const [handingIn, setHandingIn] = useState(false);
  const item = form?.items[at];
  if (!form || !item) return <main className="screen centred">{t('exam.loading')}</main>;

  const answer = answerTo(item.itemId);
  const done = form.items.filter(({ itemId }) => answerTo(itemId).chosen.length > 0).length;
  const go = (to: number) => setAt(Math.min(Math.max(to, 0), form.items.length - 1));
  return (
    <main tabIndex={-1} className="exam" data-screen="exam">
      <section className="paper">
        <ItemCard
          item={item}
          at={at}
          of={form.items.length}
          chosen={answer.chosen}
          onChoose={(chosen) => choose(item.itemId, chosen)}
        />
        <nav className="row moves">
          <button
            type="button"
            className="secondary"
            disabled={at === 0}
            onClick={() => go(at - 1)}
            data-action="previous"
          >
            ‹ {t('exam.previous')}
          </button>
          <button
            type="button"
            className="secondary"
            aria-pressed={answer.flagged}
            onClick={() => flag(item.itemId, !answer.flagged)}
            data-action="flag"
          >
            ⚑ {t(answer.flagged ? 'exam.unflag' : 'exam.flag')}
          </button>
          <button
            type="button"
            className="primary"
            disabled={at === form.items.length - 1}
            onClick={() => go(at + 1)}
            data-action="next"
          >
            {t('exam.next')} ›
          </button>
        </nav>
      </section>
      <aside className="side">
        <FaceView small />
        <Countdown clock={stage.clock} receivedAt={receivedAt} />
        <p className="saved" role="status" data-saving={saving}>
          {t('exam.answered', { done, all: form.items.length })} · {t(saving ? 'exam.saving' : 'exam.saved')}
        </p>
        <Notice reason={stage.notice} />
        <Navigator items={form.items} at={at} answerTo={answerTo} onGo={go} />
        <button type="button" className="hand-in" onClick={() => setHandingIn(true)} data-action="hand-in">
          {t('exam.hand-in')}
        </button>
        <ProctorDesk actions={['pause', 'terminate']} />
      </aside>
      {handingIn && (
        <HandInDialog
          blank={form.items.length - done}
          flagged={form.items.filter(({ itemId }) => answerTo(itemId).flagged).length}
          saving={saving}
          onClose={() => setHandingIn(false)}
        />
      )}
    </main>
  );
}
