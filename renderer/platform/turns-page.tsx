import { useCallback, useState } from 'react';
import { planningEndpoints, TURN_STATES, type Turn, TurnState } from '../../contract/platform/planning.ts';
import { instant } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHasRole, usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { ChoiceFilter, Filters, useFilter } from './filters.tsx';
import { PlanTurn } from './plan-turn.tsx';
import { Problem } from './problem.tsx';
import { addressFor, go } from './route.ts';
import { dayOf, daysOn, examTitle, timesOf, turnStateWord, turnTone, typedMoment, weekOf } from './turn-words.ts';

/** What is sat in a week, day by day. */
export function TurnsPage() {
  const { t } = usePlatform();
  const plans = useHasRole('bureau', 'firm', 'agency', 'room');
  const [planning, setPlanning] = useState(false);
  const [week, setWeek] = useFilter('week');
  const chosen = week ? new Date(`${week}T00:00`) : new Date();
  const monday = weekOf(Number.isNaN(chosen.getTime()) ? new Date() : chosen);
  const turnTo = (days: number) => setWeek(typedMoment(daysOn(monday, days)).slice(0, 10));
  return (
    <Main screen="turns" className="page">
      <div className="head">
        <h1>{t('turns.title')}</h1>
        {plans && (
          <Button look="primary" action="plan-turn" onPress={() => setPlanning(true)}>
            {t('turns.plan')}
          </Button>
        )}
      </div>
      <Filters>
        <TextField
          name="week"
          type="date"
          label={t('turns.week')}
          value={typedMoment(monday).slice(0, 10)}
          onChange={setWeek}
        />
        <Button action="week-before" icon="previous" onPress={() => turnTo(-7)}>
          {t('turns.week-before')}
        </Button>
        <Button action="week-after" icon="next" onPress={() => turnTo(7)}>
          {t('turns.week-after')}
        </Button>
        <ChoiceFilter
          name="state"
          label={t('turns.state')}
          choices={TURN_STATES.map((value) => ({ value, label: t(turnStateWord(value)) }))}
        />
      </Filters>
      <Week monday={monday.getTime()} />
      {planning && <PlanTurn onClose={() => setPlanning(false)} onPlanned={({ id }) => go(addressFor('turn', id))} />}
    </Main>
  );
}

/** More than a week of one county holds. */
const MOST_PAGES = 10;

function Week({ monday }: { readonly monday: number }) {
  const { ask, t, locale } = usePlatform();
  const [state] = useFilter('state');
  const load = useCallback(async () => {
    const [from, until] = [new Date(monday), daysOn(new Date(monday), 7)].map(instant) as [
      Turn['begins'],
      Turn['begins'],
    ];
    const asked = { from, until, size: 500, state: TurnState.safeParse(state).data };
    const turns: Turn[] = [];
    let page = await ask(planningEndpoints.list, { query: asked });
    turns.push(...page.rows);
    for (let more = 1; page.next && more < MOST_PAGES; more += 1) {
      page = await ask(planningEndpoints.list, { query: { ...asked, after: page.next } });
      turns.push(...page.rows);
    }
    return turns;
  }, [ask, monday, state]);
  const { value, refused } = useLoaded(load);
  const days = Map.groupBy(value ?? [], ({ begins }) => dayOf(begins, locale));
  return (
    <div aria-busy={!value && !refused} data-loaded={value !== undefined}>
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value?.length === 0 && (
        <div className="empty">
          <p>{t('turns.none')}</p>
        </div>
      )}
      {[...days].map(([day, turns]) => (
        <section key={day} className="part day" aria-label={day}>
          <h2>{day}</h2>
          <ul className="cards">
            {turns.map((turn) => (
              <TurnCard key={turn.id} turn={turn} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function TurnCard({ turn }: { readonly turn: Turn }) {
  const { t, locale } = usePlatform();
  const { id, room, state, entered, seats, waiting } = turn;
  return (
    <li className="card" data-turn={id}>
      <a href={addressFor('turn', id)}>
        {timesOf(turn, locale)} {examTitle(turn, locale)}
      </a>
      <span>{room.name}</span>
      <span>
        <span className={`badge ${turnTone(state)}`}>{t(turnStateWord(state))}</span>{' '}
        {t('turns.taken', { entered, seats })}
        {waiting > 0 && ` · ${t('turns.waiting', { waiting })}`}
      </span>
    </li>
  );
}
