import { useState } from 'react';
import type { PracticeChoice, PracticeOffer } from '../../contract/words/practice.ts';
import { usePage } from '../context.ts';
import { ReadingDialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { MistakesButton } from './mistakes.tsx';

/** Before practice: all of it, one topic, or what went wrong before. */
export function PracticeChoices({ offer }: { readonly offer: PracticeOffer | undefined }) {
  const { t, station } = usePage();
  const [choosing, setChoosing] = useState(false);
  const { busy, refused, run } = useCall();
  const begin = (practice: PracticeChoice) => run(() => station.call('begin', { practice }));
  const { topics = [], mistakes = 0 } = offer ?? {};
  return (
    <>
      <button
        type="button"
        className="primary"
        disabled={busy}
        onClick={() => begin({ of: 'all' })}
        data-action="begin"
      >
        {t('unlock.begin')}
      </button>
      {topics.length > 0 && (
        <button type="button" className="secondary" onClick={() => setChoosing(true)} data-action="topics">
          {t('practice.topics')}
        </button>
      )}
      {mistakes > 0 && (
        <>
          <button
            type="button"
            className="secondary"
            disabled={busy}
            onClick={() => begin({ of: 'mistakes' })}
            data-action="begin-mistakes"
          >
            {t('practice.again')}
          </button>
          <MistakesButton of="mistake-book" label={t('practice.book', { count: mistakes })} />
        </>
      )}
      <Notice reason={refused} />
      {choosing && (
        <ReadingDialog title={t('practice.topics')} onClose={() => setChoosing(false)}>
          <div className="choices">
            {topics.map(({ topic, items }) => (
              <button
                key={topic}
                type="button"
                className="secondary"
                disabled={busy}
                onClick={() => begin({ of: 'topic', topic })}
                data-topic={topic}
              >
                {t('practice.topic', { topic, items })}
              </button>
            ))}
          </div>
        </ReadingDialog>
      )}
    </>
  );
}
