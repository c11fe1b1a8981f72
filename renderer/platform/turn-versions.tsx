import { planningEndpoints, type TurnDetails } from '../../contract/platform/planning.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { momentOf } from './turn-words.ts';
import { useDeed } from './use-deed.ts';

type VersionsProps = { readonly details: TurnDetails; readonly onChanged: () => void };

/** Enough of a hash to tell versions of one exam apart. */
const short = (version: string): string => version.slice(0, 8);

/** Which version of its exam a turn has, and who said so. */
export function TurnVersions({ details: { turn, versions, moves, may }, onChanged }: VersionsProps) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const newest = versions[0];
  const isAhead = turn.state !== 'held' && turn.state !== 'cancelled' && Date.parse(turn.begins) > Date.now();
  const isOld = newest !== undefined && newest.version !== turn.exam.version;
  const move = () =>
    newest &&
    run(() => ask(planningEndpoints.move, { params: { id: turn.id }, body: { version: newest.version } })).then(
      onChanged,
    );
  return (
    <section className="part" aria-labelledby="versions">
      <h2 id="versions">{t('turns.versions')}</h2>
      <ul>
        {moves.map(({ version, at, by }) => (
          <li key={at}>{t('turns.version-by', { version: short(version), by, at: momentOf(at, locale) })}</li>
        ))}
      </ul>
      {may.plan && isOld && (
        <>
          <p>{t('turns.newer-version', { version: short(newest.version), at: momentOf(newest.putAt, locale) })}</p>
          {isAhead && (
            <div>
              <Button action="move-version" disabled={busy} onPress={move}>
                {t('turns.move')}
              </Button>
            </div>
          )}
        </>
      )}
      <Problem {...problem} />
    </section>
  );
}
