import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { type Board, planningEndpoints } from '../../contract/platform/planning.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';
import { examTitle, momentOf, timesOf } from './turn-words.ts';
import { useProctored } from './use-proctored.ts';

const CommandDialog = lazy(() => import('./command-dialog.tsx').then((file) => ({ default: file.CommandDialog })));

const AGAIN_MS = 10_000;
const STAGES = ['awaited', 'asking', 'sitting', 'done'] as const;

/** The turns of now, room by room, as stations report them. */
export function BoardPage() {
  const { ask, t, locale } = usePlatform();
  const load = useCallback(() => ask(planningEndpoints.board, { query: {} }), [ask]);
  const { value, refused, again } = useLoaded(load);
  const proctored = useProctored();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock asks, whatever was answered
  useEffect(() => {
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Main screen="board" className="page">
      <div className="head">
        <h1>{t('board.title')}</h1>
        {value && <span className="muted">{t('board.at', { at: momentOf(value.at, locale) })}</span>}
      </div>
      {proctored.length > 0 && (
        <p>
          <a href={addressFor('windows')}>{t('windows.title')}</a>
        </p>
      )}
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value?.turns.length === 0 && (
        <div className="empty">
          <p>{t('board.none')}</p>
        </div>
      )}
      {value?.turns.map((one) => (
        <RunningTurn key={one.turn.id} {...one} />
      ))}
    </Main>
  );
}

function RunningTurn({ turn, counts, rows }: Board['turns'][number]) {
  const { t, locale } = usePlatform();
  return (
    <section className="part" aria-labelledby={turn.id} data-turn={turn.id}>
      <h2 id={turn.id}>
        {turn.room.name} · <a href={addressFor('turn', turn.id)}>{examTitle(turn, locale)}</a> {timesOf(turn, locale)}
      </h2>
      <ul className="cards counts">
        {STAGES.map((stage) => (
          <li key={stage} className="card">
            <strong>{counts[stage]}</strong>
            <span>{t(`board.${stage}`)}</span>
          </li>
        ))}
        <li className="card">
          <strong>{counts.incidents}</strong>
          <span>{t('board.incidents')}</span>
        </li>
      </ul>
      {rows.length > 0 && <Rows turn={turn} rows={rows} />}
    </section>
  );
}

const TONES = { awaited: '', asking: 'warn', sitting: 'warn', done: 'good' } as const;

type Rows = Board['turns'][number]['rows'];

function Rows({ turn, rows }: Pick<Board['turns'][number], 'rows' | 'turn'>) {
  const { t } = usePlatform();
  const proctored = useProctored();
  const [telling, setTelling] = useState<{ readonly row: Rows[number]; readonly firm: OrganisationId }>();
  const firmOf = ({ tenantId, stage }: Rows[number]) =>
    stage === 'asking' || stage === 'sitting'
      ? proctored.find((held) => held.tenantId === tenantId)?.organisationId
      : undefined;
  const ended = (passed: boolean | null) => passed !== null && ` · ${t(passed ? 'board.passed' : 'board.failed')}`;
  return (
    <div className="table-slot">
      <table className="list">
        <caption className="visually-hidden">{t('turns.entries')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('turns.name')}</th>
            <th scope="col">{t('turns.firm')}</th>
            <th scope="col">{t('turns.state')}</th>
            <th scope="col">{t('board.station')}</th>
            <th scope="col" className="figures">
              {t('board.incidents')}
            </th>
            {proctored.length > 0 && <th scope="col">{t('command.title')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { tenantId, candidateId, name, ending, firm, stage, station, incidents, passed } = row;
            const own = firmOf(row);
            return (
              <tr key={`${tenantId} ${candidateId}`}>
                <td data-title={t('turns.name')}>
                  {name} …{ending}
                </td>
                <td data-title={t('turns.firm')}>{firm}</td>
                <td data-title={t('turns.state')}>
                  <span className={`badge ${TONES[stage]}`}>{t(`board.${stage}`)}</span>
                  {ended(passed)}
                </td>
                <td data-title={t('board.station')}>{station ?? ''}</td>
                <td data-title={t('board.incidents')} className="figures">
                  {incidents || ''}
                </td>
                {proctored.length > 0 && (
                  <td>
                    {own && (
                      <Button small action="command" onPress={() => setTelling({ row, firm: own })}>
                        {t('command.title')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {telling && (
        <Suspense>
          <CommandDialog {...telling} turn={turn} onClose={() => setTelling(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
