import { useState } from 'react';
import { z } from 'zod';
import type { Stage } from '../../contract/page/view.ts';
import { isBlankAnswer } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { FaceView } from '../design/face-view.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useKept } from '../design/use-kept.ts';
import { actionsIn, ProctorDesk } from '../proctor/proctor-desk.tsx';
import { Countdown } from './countdown.tsx';
import { HandInDialog } from './hand-in-dialog.tsx';
import { ItemCard } from './item-card.tsx';
import { Navigator } from './navigator.tsx';
import { useAnswers } from './use-answers.ts';
import { useExamKeys } from './use-exam-keys.ts';

/** Number of the item on the screen, from 0. */
const Position = z.int().min(0);

type ExamProps = {
  readonly stage: Extract<Stage, { stage: 'in-progress' | 'paused' }>;
  readonly receivedAt: number;
  /** The station takes answers now. */
  readonly active: boolean;
};

/** Stays mounted while the exam is paused: where the candidate was, and what is not saved yet, must not be lost. */
export function ExamScreen({ stage, receivedAt, active }: ExamProps) {
  const { t, locale } = usePage();
  const { form, answerTo, answer: give, flag, check, saving, trouble } = useAnswers(active);
  const [kept, setAt] = useKept(`at ${stage.sittingId}`, Position, 0);
  const [handingIn, setHandingIn] = useState(false);
  const at = Math.min(kept, (form?.items.length ?? 1) - 1);
  const item = form?.items[at];
  const hidden = stage.stage === 'paused';
  useExamKeys({
    item,
    answer: item && answerTo(item.itemId),
    active: active && !handingIn,
    give,
    go: (by) => setAt(Math.min(Math.max(at + by, 0), (form?.items.length ?? 1) - 1)),
  });
  if (!form || !item) {
    return (
      <Main screen="loading" hidden={hidden}>
        {t('exam.loading')}
      </Main>
    );
  }

  const answer = answerTo(item.itemId);
  const blank = form.items.flatMap(({ itemId }, i) => (isBlankAnswer(answerTo(itemId)) ? [i + 1] : []));
  const done = form.items.length - blank.length;
  const last = form.items.length - 1;
  const go = (to: number) => setAt(Math.min(Math.max(to, 0), last));
  return (
    <Main screen="exam" className="exam" hidden={hidden}>
      <h1 className="visually-hidden">{inLocale(stage.exam.title, locale)}</h1>
      <section className="paper">
        <ItemCard
          item={item}
          at={at}
          of={form.items.length}
          given={answer}
          feedback={answer.feedback}
          locked={answer.asking || answer.feedback !== undefined}
          onAnswer={(given) => give(item.itemId, given)}
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
          {stage.exam.mode === 'mock' && !answer.feedback && (
            <button
              type="button"
              className="secondary"
              disabled={isBlankAnswer(answer) || answer.asking || answer.saved < answer.revision}
              onClick={() => check(item.itemId)}
              data-action="check"
            >
              {t('practice.check')}
            </button>
          )}
          <button
            type="button"
            className="primary"
            disabled={at === last}
            onClick={() => go(at + 1)}
            data-action="next"
          >
            {t('exam.next')} ›
          </button>
        </nav>
      </section>
      <aside className="side" aria-label={t('steps.exam')}>
        {stage.watched && <FaceView small />}
        <p className="sitter">
          <strong>{stage.who.name}</strong> {stage.who.number}
        </p>
        <Countdown clock={stage.clock} receivedAt={receivedAt} runs={active} />
        <p className="saved" role="status" data-saving={saving}>
          {t('exam.answered', { done, all: form.items.length })} · {t(saving ? 'exam.saving' : 'exam.saved')}
        </p>
        <Notice reason={trouble ?? (stage.stage === 'in-progress' ? stage.notice : undefined)} />
        <Navigator items={form.items} at={at} answerTo={answerTo} onGo={go} />
        <button type="button" className="hand-in" onClick={() => setHandingIn(true)} data-action="hand-in">
          {t('exam.hand-in')}
        </button>
        <ProctorDesk actions={actionsIn('pause', stage.exam)} twoProctors={stage.exam.twoProctors} />
      </aside>
      {handingIn && !hidden && (
        <HandInDialog
          blank={blank}
          flagged={form.items.filter(({ itemId }) => answerTo(itemId).flagged).length}
          saving={saving}
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
