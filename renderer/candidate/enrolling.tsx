import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { ConsentPictures } from './consent-pictures.tsx';
import type { StageProps } from './stage-props.ts';

/** A visitor agrees once: to the pictures that make the template, and to being looked at during the practice after it. */
export function EnrollingScreen({ stage }: StageProps<'enrolling'>) {
  const { t, station, locale } = usePage();
  const { busy, refused, run } = useCall();
  const answer = (given: boolean) => run(() => station.call('enrol.consent', { given, locale }));
  return (
    <Scene screen="enrolling" className="consent-screen">
      <h1>{t('enrol.title')}</h1>
      <p className="lead">{t('idle.visitor-hint')}</p>
      <ConsentPictures visitor />
      <Notice reason={stage.notice ?? refused} />
      <div className="deeds">
        <Button look="primary" disabled={busy} onPress={() => answer(true)} action="consent">
          {stage.step === 'failed' ? t('common.retry') : t('enrol.yes')}
        </Button>
        <Button look="quiet" icon="back" disabled={busy} onPress={() => answer(false)} action="decline">
          {t('enrol.no')}
        </Button>
      </div>
    </Scene>
  );
}
