import type { TurnId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHome } from './home-context.tsx';
import { Loading } from './loading.tsx';
import { useOwnWords } from './own-words.ts';
import { Bring, TurnFacts } from './turn-card.tsx';

/** The notice of an exam, for a screen or on paper. Nothing else is needed to come: the ID card is. */
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
      </article>
      <Button look="primary" icon="print" action="print" onPress={() => print()}>
        {w('own.print')}
      </Button>
    </Main>
  );
}
