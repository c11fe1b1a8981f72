import type { StationView } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { CallProctor } from '../design/call-proctor.tsx';
import { Icon } from '../design/icons.tsx';
import { TextSize } from '../design/text-size.tsx';
import { Countdown } from '../exam/countdown.tsx';
import { CourseProgress } from '../learning/course-progress.tsx';
import { Steps } from './steps.tsx';

const CAN_CALL = ['consenting', 'capturing', 'refused', 'awaiting-unlock', 'in-progress', 'paused'] as const;

type TopBarProps = {
  readonly view: StationView;
  readonly receivedAt: number;
  readonly connected: boolean;
  readonly onLanguage: () => void;
};

/** What is always there: where one is on the way, or how much time is left; a hand to raise, the print, the language. */
export function TopBar({ view, receivedAt, connected, onLanguage }: TopBarProps) {
  const { t, locale } = usePage();
  const { current: stage } = view;
  const sits = stage.stage === 'in-progress' || stage.stage === 'paused';
  return (
    <header className="top-bar" data-called={view.called}>
      <span className="brand">
        <Icon name="shield" />
        <span className="brand-name">{t('app.title')}</span>
      </span>
      <div className="bar-middle">
        {sits ? (
          <>
            <strong>{inLocale(stage.exam.title, locale)}</strong>
            {stage.learning ? (
              <CourseProgress learning={stage.learning} />
            ) : (
              <Countdown
                clock={stage.clock}
                receivedAt={receivedAt}
                runs={connected && stage.stage === 'in-progress'}
              />
            )}
          </>
        ) : (
          <Steps stage={stage} />
        )}
      </div>
      <div className="bar-end">
        {CAN_CALL.some((one) => one === stage.stage) && <CallProctor called={view.called ?? false} />}
        {stage.stage !== 'idle' && <TextSize />}
        <Button look="quiet" icon="language" onPress={onLanguage} action="language">
          {t('app.language')}
        </Button>
      </div>
    </header>
  );
}
