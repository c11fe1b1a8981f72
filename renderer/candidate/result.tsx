import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { useCall } from '../design/use-call.ts';
import { MistakesButton } from '../practice/mistakes.tsx';
import { ExamFacts } from './exam-facts.tsx';
import { LeavesIn } from './leaves-in.tsx';
import type { StageProps } from './stage-props.ts';
import { TopicBars, TopicsButton } from './topics.tsx';

export function ResultScreen({ stage }: StageProps<'result'>) {
  const { t, station, locale } = usePage();
  const { busy, run } = useCall();
  const { exam, marks, passed, topics, cause, receipt, who, passUntil } = stage;
  return (
    <Main screen="result" className="screen result-screen" receipt={receipt}>
      <div className={passed ? 'verdict passed' : 'verdict failed'}>
        <h1>{t(passed ? 'result.passed' : 'result.failed')}</h1>
        <p className="marks">{t('result.marks', { marks })}</p>
        <p>{t('result.of', { full: exam.fullMarks, pass: exam.passMarks })}</p>
      </div>
      <p className="lead">{who.name}</p>
      {passUntil && <p className="lead">{t('result.pass', { until: new Date(passUntil).toLocaleString(locale) })}</p>}
      <ExamFacts exam={exam} />
      {topics.length > 1 && <TopicBars topics={topics} />}
      <p>{t(`result.cause.${cause}`)}</p>
      <p className={receipt === 'verified' ? 'receipt verified' : 'receipt'} role="status">
        {t(`result.${receipt}`)}
      </p>
      <div className="row">
        {topics.length > 1 && <TopicsButton topics={topics} />}
        {exam.mode === 'mock' && <MistakesButton of="mistakes" label={t('practice.mistakes')} />}
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => run(() => station.call('leave', {}))}
          data-action="done"
        >
          {t('result.done')}
        </button>
      </div>
      <LeavesIn />
    </Main>
  );
}
