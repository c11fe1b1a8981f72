import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icons.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { MistakesButton } from '../practice/mistakes.tsx';
import { ExamFacts } from './exam-facts.tsx';
import { LeavesIn } from './leaves-in.tsx';
import { PrintSlip } from './print-slip.tsx';
import { ReceiptCode } from './receipt-code.tsx';
import { ResultFacts } from './result-facts.tsx';
import type { StageProps } from './stage-props.ts';
import { TopicBars, TopicsButton } from './topics.tsx';

type ResultProps = StageProps<'result'> & {
  /** What this station is called, for paper. */
  readonly station: string;
};

export function ResultScreen({ stage, station }: ResultProps) {
  const { t, station: link, locale } = usePage();
  const { busy, run } = useCall();
  const { exam, marks, passed, topics, cause, receipt, who, passUntil, receiptCode } = stage;
  return (
    <Scene
      screen="result"
      className="result-screen"
      receipt={receipt}
      picture={
        <div className="result-picture">
          <div className={passed ? 'verdict passed' : 'verdict failed'}>
            <span className="verdict-sign">
              <Icon name={passed ? 'check' : 'cross'} />
            </span>
            <h1>{t(passed ? 'result.passed' : 'result.failed')}</h1>
            <p className="marks">{t('result.marks', { marks })}</p>
            <p className="lead">{t('result.of', { full: exam.fullMarks, pass: exam.passMarks })}</p>
          </div>
          {receiptCode && (
            <ReceiptCode code={receiptCode}>
              <PrintSlip result={stage} code={receiptCode} station={station} />
            </ReceiptCode>
          )}
        </div>
      }
    >
      <p className="lead">
        <strong>{who.name}</strong> <span className="number">{who.number}</span>
      </p>
      <ExamFacts exam={exam} />
      <ResultFacts result={stage} />
      {passUntil && (
        <p className="notice info">{t('result.pass', { until: new Date(passUntil).toLocaleString(locale) })}</p>
      )}
      {topics.length > 1 && <TopicBars topics={topics} />}
      <LeavesIn>
        <p className={receipt === 'verified' ? 'receipt verified' : 'receipt'} role="status">
          <Icon name={receipt === 'verified' ? 'shield' : 'clock'} />
          <span>
            {t(`result.cause.${cause}`)} · {t(`result.${receipt}`)}
          </span>
        </p>
      </LeavesIn>
      <div className="deeds">
        <Button look="primary" disabled={busy} onPress={() => run(() => link.call('leave', {}))} action="done">
          {t('result.done')}
        </Button>
        {topics.length > 1 && <TopicsButton topics={topics} />}
        {exam.mode === 'mock' && <MistakesButton of="mistakes" label={t('practice.mistakes')} />}
      </div>
    </Scene>
  );
}
