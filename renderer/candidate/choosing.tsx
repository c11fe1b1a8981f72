import type { Choice } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import type { StageProps } from './stage-props.ts';

/** Several things to do here: one is chosen before anything begins. */
export function ChoosingScreen({ stage }: StageProps<'choosing'>) {
  const { t, station } = usePage();
  const { busy, refused, run } = useCall();
  const { ticket, who, choices } = stage;
  return (
    <Main screen="choosing">
      <h1>{t('choosing.title', { name: who.name })}</h1>
      <Notice reason={refused} />
      <div className="choices">
        {choices.map((choice) => (
          <button
            key={choice.examId}
            type="button"
            className="secondary"
            disabled={busy}
            onClick={() => run(() => station.call('choose', { ticket, examId: choice.examId }))}
            data-action="choose"
            data-exam={choice.examId}
          >
            <ChoiceFacts choice={choice} />
          </button>
        ))}
      </div>
      <div className="row">
        <button
          type="button"
          className="quiet"
          onClick={() => run(() => station.call('leave', {}))}
          data-action="leave"
        >
          {t('common.back')}
        </button>
      </div>
    </Main>
  );
}

function ChoiceFacts({ choice: { title, mode, minutes, progress } }: { readonly choice: Choice }) {
  const { t, locale } = usePage();
  const percent = progress ? Math.floor((100 * progress.seconds) / progress.of) : 0;
  return (
    <>
      <strong>{inLocale(title, locale)}</strong>
      <span className="muted">
        {t(`mode.${mode}`)} ·{' '}
        {progress ? t('choosing.progress', { minutes, percent }) : t('choosing.minutes', { minutes })}
      </span>
    </>
  );
}
