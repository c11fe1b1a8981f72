import type { Stage } from '../../contract/page/view.ts';
import { ReceiptCode } from '../candidate/receipt-code.tsx';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icons.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { minutesOf } from './credit.ts';

type Result = Extract<Stage, { stage: 'result' }>;
type CourseResultProps = { readonly stage: Result; readonly learning: NonNullable<Result['learning']> };

/** What studying came to: this time, and in all. */
export function CourseResult({ stage, learning }: CourseResultProps) {
  const { t, station } = usePage();
  const { busy, run } = useCall();
  const { complete, creditedMs } = learning;
  const { credited, asked } = minutesOf(learning);
  return (
    <Scene
      screen="result"
      className="result-screen"
      receipt={stage.receipt}
      picture={
        <div className="result-picture">
          <div className={complete ? 'verdict passed' : 'verdict going-on'}>
            <span className="verdict-sign">
              <Icon name={complete ? 'check' : 'learn'} />
            </span>
            <h1>{t(complete ? 'learning.course-complete' : 'learning.course-goes-on')}</h1>
            <p className="marks">{credited}</p>
            <p className="lead">{t('learning.of-minutes', { asked })}</p>
          </div>
          {stage.receiptCode && <ReceiptCode code={stage.receiptCode} />}
        </div>
      }
    >
      <p className="lead">
        <strong>{stage.who.name}</strong> <span className="number">{stage.who.number}</span>
      </p>
      <p className="lead">{t('learning.this-time', { minutes: Math.floor(creditedMs / 60_000) })}</p>
      {!complete && <p className="lead">{t('learning.come-back')}</p>}
      <p className={stage.receipt === 'verified' ? 'receipt verified' : 'receipt'} role="status">
        <Icon name={stage.receipt === 'verified' ? 'shield' : 'clock'} />
        <span>{t(`result.${stage.receipt}`)}</span>
      </p>
      <div className="deeds">
        <Button look="primary" disabled={busy} onPress={() => run(() => station.call('leave', {}))} action="done">
          {t('result.done')}
        </Button>
      </div>
    </Scene>
  );
}
