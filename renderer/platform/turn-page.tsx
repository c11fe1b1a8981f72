import { useCallback, useMemo, useState } from 'react';
import { planningEndpoints, type TurnDetails, type TurnEntry } from '../../contract/platform/planning.ts';
import { TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Filters, SearchFilter, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { addressFor } from './route.ts';
import { SignUp } from './sign-up.tsx';
import { TurnDeeds } from './turn-deeds.tsx';
import { TurnRoom } from './turn-room.tsx';
import { TurnVersions } from './turn-versions.tsx';
import { dayOf, entryWord, examTitle, momentOf, timesOf, turnStateWord, turnTone } from './turn-words.ts';

/** One turn: when and where, who comes, how ready its stations are. */
export function TurnPage({ id }: { readonly id: string }) {
  const { ask, t } = usePlatform();
  const load = useCallback(async () => {
    const known = TurnId.safeParse(id);
    if (!known.success) throw new Refusal('turn-unknown');
    return ask(planningEndpoints.read, { params: { id: known.data } });
  }, [ask, id]);
  const { value, refused, again } = useLoaded(load);
  return (
    <Main screen="turn" className="page">
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && <Shown details={value} onChanged={again} />}
    </Main>
  );
}

type ShownProps = { readonly details: TurnDetails; readonly onChanged: () => void };

function Shown({ details, onChanged }: ShownProps) {
  const { t, locale } = usePlatform();
  const { turn, may } = details;
  const { id, room, organiser, state, note, seats, entered, waiting, signUpUntil } = turn;
  const [round, setRound] = useState(0);
  const changed = () => {
    setRound((before) => before + 1);
    onChanged();
  };
  return (
    <>
      <div className="head">
        <h1>{examTitle(turn, locale)}</h1>
        <span className={`badge ${turnTone(state)}`} data-state={state}>
          {t(turnStateWord(state))}
        </span>
      </div>
      {note && <p className="muted">{note}</p>}
      <dl className="facts">
        <dt>{t('turns.time')}</dt>
        <dd>
          {dayOf(turn.begins, locale)} {timesOf(turn, locale)}
        </dd>
        <dt>{t('turns.room')}</dt>
        <dd>{room.name}</dd>
        <dt>{t('turns.organiser')}</dt>
        <dd>{organiser.name}</dd>
        <dt>{t('turns.sign-up-until')}</dt>
        <dd>{momentOf(signUpUntil, locale)}</dd>
        <dt>{t('turns.seats')}</dt>
        <dd>
          {t('turns.taken', { entered, seats })}
          {waiting > 0 && ` · ${t('turns.waiting', { waiting })}`}
        </dd>
        <dt>{t('turns.who')}</dt>
        <dd>{t(`again.${turn.eligibility.again}`)}</dd>
      </dl>
      {may.plan && <TurnDeeds turn={turn} onChanged={changed} />}
      {may.signUp.length > 0 && state === 'open' && <SignUp id={id} onChanged={changed} />}
      <Firms details={details} />
      {may.see && <Stations details={details} />}
      {may.plan && <TurnRoom room={room} />}
      <section className="part">
        <div className="head">
          <h2>{t('turns.entries')}</h2>
          <a className="button secondary" href={addressFor('turn-print', id)}>
            {t('turns.print')}
          </a>
        </div>
        <Entries key={round} details={details} onChanged={changed} />
      </section>
      <TurnVersions details={details} onChanged={changed} />
    </>
  );
}

function Firms({ details: { firms } }: Pick<ShownProps, 'details'>) {
  const { t } = usePlatform();
  return (
    <section className="part" aria-labelledby="firms">
      <h2 id="firms">{t('turns.firms')}</h2>
      <ul className="cards">
        {firms.map(({ tenantId, organisation, quota, entered, waiting }) => (
          <li key={tenantId} className="card">
            <span>{organisation.name}</span>
            <span>
              {t('turns.taken', { entered, seats: quota })}
              {waiting > 0 && ` · ${t('turns.waiting', { waiting })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stations({ details: { stations, turn } }: Pick<ShownProps, 'details'>) {
  const { t, locale } = usePlatform();
  const provided = turn.state === 'open' || turn.state === 'closed';
  return (
    <section className="part" aria-labelledby="stations">
      <h2 id="stations">{t('turns.stations')}</h2>
      {stations.length === 0 && <p className="muted">{t('turns.no-station')}</p>}
      <ul className="cards">
        {stations.map(({ id, name, status, heardAt, granted, guests }) => (
          <li key={id} className="card">
            <span>{name}</span>
            <span className={`badge ${status === 'ready' ? 'good' : 'warn'}`}>
              {t(status === 'ready' ? 'turns.station-ready' : 'turns.station-not-ready')}
            </span>
            <span className="muted">
              {heardAt ? t('turns.heard', { at: momentOf(heardAt, locale) }) : t('turns.never-heard')}
            </span>
            {provided && granted < guests && <span className="badge warn">{t('turns.not-provided')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entries({ details: { turn, may }, onChanged }: ShownProps) {
  const { t, ask } = usePlatform();
  const [search] = useFilter('search');
  const { id, state } = turn;
  const asked = useMemo(() => ({ params: { id }, query: { search: search || undefined } }), [id, search]);
  const leave = (entry: TurnEntry) =>
    ask(planningEndpoints.leave, { params: { id }, body: { candidateId: entry.candidateId } }).then(
      onChanged,
      onChanged,
    );
  const canLeave = ({ tenantId }: TurnEntry): boolean =>
    may.signUp.includes(tenantId) && (state === 'open' || state === 'closed');
  const columns: readonly Column<TurnEntry>[] = [
    { name: 'name', title: t('turns.name'), cell: ({ name }) => name },
    { name: 'ending', title: t('turns.ending'), cell: ({ ending }) => `…${ending}` },
    { name: 'firm', title: t('turns.firm'), cell: ({ firm }) => firm },
    {
      name: 'state',
      title: t('turns.state'),
      cell: (one) => (
        <>
          <span className={`badge ${one.state === 'entered' ? 'good' : ''}`}>{t(entryWord(one.state))}</span>
          {one.saidAbsent && (
            <span className="badge warn">
              {one.absence === null ? t('entry.absent') : t('entry.absence', { reason: one.absence })}
            </span>
          )}
        </>
      ),
    },
    {
      name: 'deeds',
      title: t('turns.deeds'),
      cell: (one) =>
        canLeave(one) && (
          <Button small action="leave" label={t('turns.leave-of', { name: one.name })} onPress={() => leave(one)}>
            {t('turns.leave')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Filters>
        <SearchFilter label={t('turns.search')} />
      </Filters>
      <List
        caption={t('turns.entries')}
        endpoint={planningEndpoints.entries}
        {...{ asked, columns }}
        keyOf={({ tenantId, candidateId }: TurnEntry) => `${tenantId} ${candidateId}`}
        filtered={search !== ''}
      />
    </>
  );
}
