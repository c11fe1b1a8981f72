import type { Stage } from '../../contract/page/view.ts';
import type { Form } from '../../contract/words/form.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { FaceView } from '../design/face-view.tsx';
import { Notice } from '../design/notice.tsx';
import { Navigator } from './navigator.tsx';
import type { AnswersHere } from './use-answers.ts';

type ExamSideProps = {
  readonly stage: Extract<Stage, { stage: 'in-progress' | 'paused' }>;
  readonly form: Form;
  readonly at: number;
  readonly answers: AnswersHere;
  readonly done: number;
  readonly onGo: (to: number) => void;
  readonly onHandIn: () => void;
};

/** Beside the paper: who sits here, how far they are, every item to go to, and the end. */
export function ExamSide({ stage, form, at, answers, done, onGo, onHandIn }: ExamSideProps) {
  const { t } = usePage();
  const { saving, trouble, answerTo } = answers;
  return (
    <aside className="side" aria-label={t('steps.exam')}>
      <div className="sitter">
        {stage.watched && <FaceView small />}
        <p>
          <strong>{stage.who.name}</strong>
          <span>{stage.who.number}</span>
        </p>
      </div>
      <Notice reason={trouble ?? (stage.stage === 'in-progress' ? stage.notice : undefined)} />
      <p className="saved" role="status" data-saving={saving}>
        <strong>{t('exam.answered', { done, all: form.items.length })}</strong>
        <span>{t(saving ? 'exam.saving' : 'exam.saved')}</span>
      </p>
      <Navigator items={form.items} at={at} answerTo={answerTo} onGo={onGo} />
      <Button className="hand-in" onPress={onHandIn} action="hand-in">
        {t('exam.hand-in')}
      </Button>
    </aside>
  );
}
