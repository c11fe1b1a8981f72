import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { ConsentPictures } from './consent-pictures.tsx';
import { ContinuedFacts } from './continued-facts.tsx';
import { ExamFacts } from './exam-facts.tsx';
import type { StageProps } from './stage-props.ts';

export function ConsentingScreen({ stage }: StageProps<'consenting'>) {
  const { t, station, locale } = usePage();
  const { busy, refused, run } = useCall();
  const { visitor } = stage.who;
  const answer = (given: boolean) => run(() => station.call('consent', { given, locale }));
  return (
    <Main screen="consenting">
      <h1>{t('consent.title', { name: stage.who.name })}</h1>
      {stage.who.number && <p className="number">{stage.who.number}</p>}
      <ExamFacts exam={stage.exam} />
      <ContinuedFacts continued={stage.continued} />
      {visitor ? <p className="consent-text">{t('consent.visitor-text')}</p> : <ConsentPictures />}
      <Notice reason={refused} />
      <div className="row">
        <button type="button" className="primary" disabled={busy} onClick={() => answer(true)} data-action="consent">
          {t('consent.yes')}
        </button>
        {!visitor && (
          <button
            type="button"
            className="secondary"
            disabled={busy}
            onClick={() => answer(false)}
            data-action="decline"
          >
            {t('consent.no')}
          </button>
        )}
        <button
          type="button"
          className="quiet"
          disabled={busy}
          onClick={() => run(() => station.call('leave', {}))}
          data-action="leave"
        >
          {t(visitor ? 'enrol.no' : 'consent.leave')}
        </button>
      </div>
    </Main>
  );
}
