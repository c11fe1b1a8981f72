import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import type { StageProps } from './stage-props.ts';

export function EnrollingScreen({ stage }: StageProps<'enrolling'>) {
  const { t, station, locale } = usePage();
  const { busy, refused, run } = useCall();
  const answer = (given: boolean) => run(() => station.call('enrol.consent', { given, locale }));
  return (
    <Main screen="enrolling">
      <h1>{t('enrol.title')}</h1>
      <p className="lead">{t('idle.visitor-hint')}</p>
      <p className="consent-text">{t('enrol.text')}</p>
      <Notice reason={stage.notice ?? refused} />
      <div className="row">
        <button type="button" className="primary" disabled={busy} onClick={() => answer(true)} data-action="consent">
          {stage.step === 'failed' ? t('common.retry') : t('enrol.yes')}
        </button>
        <button type="button" className="secondary" disabled={busy} onClick={() => answer(false)} data-action="decline">
          {t('enrol.no')}
        </button>
      </div>
    </Main>
  );
}
