import { useCallback } from 'react';
import type { TurnId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { QrCode } from '../candidate/receipt-code.tsx';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHome } from './home-context.tsx';
import { Loading } from './loading.tsx';
import { useOwnWords } from './own-words.ts';
import { Bring, TurnFacts } from './turn-card.tsx';

/** The notice of an exam, for a screen or on paper. Nothing else is needed to come: the ID card is, or, where the exam takes it, this. */
export function TurnPage({ id }: { readonly id: TurnId }) {
  const { own } = useHome();
  const { locale } = usePage();
  const { w } = useOwnWords();
  const { value, refused } = useLoaded(own);
  const turn = value?.turns.find((one) => one.id === id);
  if (!value || !turn) return <Loading refused={value ? 'no-exam' : refused} />;
  return (
    <Main screen="turn" className="home-page narrow">
      <article className="card own-slip">
        <h1>{w('own.slip')}</h1>
        <p className="lead">
          {value.name} <span className="muted">…{value.ending}</span>
        </p>
        <p className="muted">{value.firm}</p>
        <h2>{inLocale(turn.title, locale)}</h2>
        <TurnFacts turn={turn} />
        <Bring />
        {turn.standing === 'coming' && <SlipCode id={id} />}
      </article>
      <Button look="primary" icon="print" action="print" onPress={() => print()}>
        {w('own.print')}
      </Button>
    </Main>
  );
}

/** What a station reads in place of the card; nothing where the exam takes no slips. */
function SlipCode({ id }: { readonly id: TurnId }) {
  const { slip } = useHome();
  const { w } = useOwnWords();
  const { value, refused } = useLoaded(useCallback(() => slip(id), [slip, id]));
  if (refused) return <p className="notice warn">{w('own.code-waits')}</p>;
  if (!value) return null;
  return (
    <figure className="slip-code" data-slip-code={value}>
      <QrCode text={value} label={w('own.code')} />
      <figcaption>{w('own.code-how')}</figcaption>
    </figure>
  );
}
