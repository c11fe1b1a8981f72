import { Button as AriaButton } from 'react-aria-components/Button';
import type { Choice } from '../../contract/page/course-view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';
import { Meter } from '../design/meter.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { LeaveButton } from './leave-button.tsx';
import type { StageProps } from './stage-props.ts';

/** Several things to do here: one is chosen before anything begins. */
export function ChoosingScreen({ stage }: StageProps<'choosing'>) {
  const { t, station } = usePage();
  const call = useCall();
  const { busy, refused, run } = call;
  const { ticket, who, choices } = stage;
  return (
    <Scene screen="choosing" className="choosing-screen">
      <h1>{t('choosing.title', { name: who.name })}</h1>
      <Notice reason={refused} />
      <div className="choice-tiles">
        {choices.map((choice) => (
          <AriaButton
            key={choice.examId}
            className="choice-tile"
            isDisabled={busy}
            onPress={() => void run(() => station.call('choose', { ticket, examId: choice.examId }))}
            data-action="choose"
            data-exam={choice.examId}
          >
            <ChoiceFacts choice={choice} />
          </AriaButton>
        ))}
      </div>
      <div className="deeds">
        <LeaveButton call={call}>{t('consent.leave')}</LeaveButton>
      </div>
    </Scene>
  );
}

function ChoiceFacts({ choice: { title, mode, minutes, progress } }: { readonly choice: Choice }) {
  const { t, locale } = usePage();
  const share = progress && progress.of > 0 ? progress.seconds / progress.of : 0;
  return (
    <>
      <Icon name={mode === 'learning' ? 'learn' : 'shield'} />
      <span className={`badge ${mode}`}>{t(`mode.${mode}`)}</span>
      <strong>{inLocale(title, locale)}</strong>
      <span className="muted">
        {progress
          ? t('choosing.progress', { minutes, percent: Math.floor(share * 100) })
          : t('choosing.minutes', { minutes })}
      </span>
      {progress && <Meter share={share} label={inLocale(title, locale)} />}
    </>
  );
}
