import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { ConsentPictures } from './consent-pictures.tsx';
import { ContinuedFacts } from './continued-facts.tsx';
import { ExamFacts } from './exam-facts.tsx';
import { LeaveButton } from './leave-button.tsx';
import type { StageProps } from './stage-props.ts';

export function ConsentingScreen({ stage }: StageProps<'consenting'>) {
  const { t, station, locale } = usePage();
  const call = useCall();
  const { busy, refused, run } = call;
  const answer = (given: boolean) => run(() => station.call('consent', { given, locale }));
  return (
    <Scene screen="consenting" className="consent-screen">
      <h1>{t('consent.title', { name: stage.who.name })}</h1>
      {stage.who.number && <p className="number">{stage.who.number}</p>}
      <ExamFacts exam={stage.exam} />
      <ContinuedFacts continued={stage.continued} />
      <ConsentPictures templateDays={stage.templateDays} />
      <Notice reason={refused} />
      <div className="deeds">
        <Button look="primary" disabled={busy} onPress={() => answer(true)} action="consent">
          {t('consent.yes')}
        </Button>
        <Button disabled={busy} onPress={() => answer(false)} action="decline">
          {t('consent.no')}
        </Button>
        <LeaveButton call={call}>{t('consent.leave')}</LeaveButton>
      </div>
    </Scene>
  );
}
