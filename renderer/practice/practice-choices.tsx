import { useState } from 'react';
import type { PracticeChoice, PracticeOffer } from '../../contract/words/practice.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
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
      <Button look="primary" disabled={busy} onPress={() => begin({ of: 'all' })} action="begin">
        {t('unlock.begin')}
      </Button>
      {topics.length > 0 && (
        <Button onPress={() => setChoosing(true)} action="topics">
          {t('practice.topics')}
        </Button>
      )}
      {mistakes > 0 && (
        <>
          <Button disabled={busy} onPress={() => begin({ of: 'mistakes' })} action="begin-mistakes">
            {t('practice.again')}
          </Button>
          <MistakesButton of="mistake-book" label={t('practice.book', { count: mistakes })} />
        </>
      )}
      <Notice reason={refused} />
      {choosing && (
        <ReadingDialog title={t('practice.topics')} onClose={() => setChoosing(false)}>
          <div className="choices">
            {topics.map(({ topic, items }) => (
              <Button
                key={topic}
                disabled={busy}
                onPress={() => begin({ of: 'topic', topic })}
                marks={{ 'data-topic': topic }}
              >
                {t('practice.topic', { topic, items })}
              </Button>
            ))}
          </div>
        </ReadingDialog>
      )}
    </>
  );
}
