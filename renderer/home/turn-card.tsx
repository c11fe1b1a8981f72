import type { OwnTurn } from '../../contract/home/own-file.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';
import { Absence } from './absence-form.tsx';
import { daysUntil } from './days.ts';
import { Facts } from './facts.tsx';
import { type OwnWords, useOwnWords } from './own-words.ts';
import { turnAt } from './route.ts';

type TurnCardProps = { readonly turn: OwnTurn; readonly onChanged: () => void };

/** An exam that is to come: how many days it is until then, when, where, and what to bring. */
export function TurnCard({ turn, onChanged }: TurnCardProps) {
  const { locale } = usePage();
  const words = useOwnWords();
  const { w } = words;
  const { id, title, standing } = turn;
  return (
    <div className="card turn" data-turn={id} data-standing={standing}>
      <p className="days">{standing === 'cancelled' ? w('own.cancelled') : countdown(turn, words)}</p>
      <h3>{inLocale(title, locale)}</h3>
      <TurnFacts turn={turn} />
      {standing === 'waiting' && <p className="notice warn">{w('own.waiting')}</p>}
      {standing === 'coming' && (
        <>
          <Bring />
          <a className="button secondary" href={turnAt(id)} data-action="slip">
            {w('own.slip')}
          </a>
        </>
      )}
      {standing !== 'cancelled' && <Absence turn={turn} onSaid={onChanged} />}
    </div>
  );
}

function countdown({ begins }: OwnTurn, { w }: OwnWords): string {
  const days = daysUntil(begins, new Date());
  if (days <= 0) return w('own.today');
  return days === 1 ? w('own.tomorrow') : w('own.in-days', { days });
}

export function TurnFacts({ turn: { begins, ends, room, note } }: { readonly turn: OwnTurn }) {
  const { w, weekday, time } = useOwnWords();
  return (
    <>
      <Facts
        of={[
          [
            w('own.when'),
            <Times key="when" day={weekday(begins)} times={`${time(begins)} – ${time(ends)}`} at={begins} />,
          ],
          [w('own.where'), room],
        ]}
      />
      {note && <p className="own-note">{note}</p>}
    </>
  );
}

function Times({ day, times, at }: { readonly day: string; readonly times: string; readonly at: string }) {
  return (
    <time dateTime={at}>
      {day} <span className="nowrap">{times}</span>
    </time>
  );
}

export function Bring() {
  const { w } = useOwnWords();
  return (
    <p className="bring">
      <Icon name="card" />
      <span>
        <strong>{w('own.bring')}</strong> {w('own.bring-not')}
      </span>
    </p>
  );
}
