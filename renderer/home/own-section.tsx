import { Icon } from '../design/icons.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHome } from './home-context.tsx';
import { useOwnWords } from './own-words.ts';
import { EXAMS } from './route.ts';
import { TurnCard } from './turn-card.tsx';

/** The next exam, and the way to all that was sat. */
export function OwnSection() {
  const { own } = useHome();
  const { value, again } = useLoaded(own);
  const { w } = useOwnWords();
  const next = value?.turns.find(({ standing }) => standing !== 'cancelled') ?? value?.turns[0];
  return (
    <section aria-labelledby="own">
      <h2 id="own">{w('own.title')}</h2>
      {next && <TurnCard turn={next} onChanged={again} />}
      {value && !next && <p className="muted">{w('own.none-next')}</p>}
      <a className="button secondary on" href={EXAMS} data-action="own">
        {w('own.all')}
        <Icon name="next" />
      </a>
    </section>
  );
}
