import { useEffect, useState } from 'react';
import { type Applicant, type EntryOutcome, planningEndpoints, type Turn } from '../../contract/platform/planning.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { entryWord, obstacleWord } from './turn-words.ts';
import { useDeed } from './use-deed.ts';

type SignUpProps = { readonly id: Turn['id']; readonly onChanged: () => void };

const PAUSE_MS = 300;

/** A firm signs its people up: found by name or number, and told what is in the way. */
export function SignUp({ id, onChanged }: SignUpProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly Applicant[]>([]);
  const [said, setSaid] = useState<EntryOutcome>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when what is typed rests, and when somebody was signed up
  useEffect(() => {
    if (search.trim() === '') {
      setFound([]);
      return undefined;
    }
    const timer = setTimeout(
      () =>
        void run(async () => {
          const asked = { params: { id }, query: { search: search.trim() } };
          setFound((await ask(planningEndpoints.applicants, asked)).applicants);
        }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [search, said]);
  const enter = ({ candidateId }: Applicant) =>
    run(async () => {
      const { outcomes } = await ask(planningEndpoints.enter, {
        params: { id },
        body: { candidateIds: [candidateId] },
      });
      setSaid(outcomes[0]);
      onChanged();
    });
  return (
    <section className="part sign-up" aria-labelledby="sign-up">
      <h2 id="sign-up">{t('turns.sign-up')}</h2>
      <TextField name="applicant" type="search" label={t('turns.search')} value={search} onChange={setSearch} />
      <Problem {...problem} />
      <ul className="found" aria-live="polite">
        {found.map((one) => (
          <li key={one.candidateId} className="applicant">
            <span>
              {one.name} …{one.ending}
            </span>
            {one.entry && <span className="badge good">{t(entryWord(one.entry))}</span>}
            {!one.entry &&
              one.obstacles.map((obstacle) => (
                <span key={obstacle} className="badge warn">
                  {t(obstacleWord(obstacle))}
                </span>
              ))}
            {!one.entry && one.obstacles.length === 0 && (
              <Button
                small
                action="enter"
                disabled={busy}
                label={t('turns.enter-of', { name: one.name })}
                onPress={() => enter(one)}
              >
                {t('turns.enter')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {search.trim() !== '' && !busy && found.length === 0 && <p className="muted">{t('list.nothing-found')}</p>}
    </section>
  );
}
