import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { TurnedAwayView } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Keypad } from '../design/keypad.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { atTheDoor } from '../proctor/proctor-actions.ts';
import { ProctorDesk } from '../proctor/proctor-desk.tsx';
import { grouped, withoutGaps } from './grouped-number.ts';
import type { StageProps } from './stage-props.ts';

type IdleProps = StageProps<'idle'> & {
  /** Whether cards can be read here, or may be soon. */
  readonly reads: boolean;
};

const GOOD_NEWS: readonly Reason[] = ['rescue-taken', 'package-taken'];

export function IdleScreen({ stage, reads }: IdleProps) {
  const { t, station } = usePage();
  const [typing, setTyping] = useState(false);
  const { refused, run } = useCall();
  const away = stage.turnedAway;
  // Whoever comes next begins with a card, not with what was typed before.
  useEffect(() => {
    if (away) setTyping(false);
  }, [away]);
  if (away) return <TurnedAway away={away} reads={reads} />;
  if (typing) return <TypeNumber onBack={() => setTyping(false)} />;
  return (
    <Main screen="idle" className="screen idle">
      {reads && <CardPicture />}
      <h1>{t(reads ? 'idle.title' : 'type.title')}</h1>
      <p className="lead">{t(reads ? 'idle.hint' : 'idle.cannot-read')}</p>
      <Notice reason={stage.notice ?? refused} tone={GOOD_NEWS.some((one) => one === stage.notice) ? 'info' : 'warn'} />
      <ExamsToday exams={stage.exams} />
      <div className="row">
        <button
          type="button"
          className={reads ? 'secondary' : 'primary'}
          onClick={() => setTyping(true)}
          data-action="type"
        >
          {t('idle.type')}
        </button>
        {stage.visitors !== false && (
          <button
            type="button"
            className="secondary"
            onClick={() => run(() => station.call('enrol.begin', {}))}
            data-action="visitor"
          >
            {t('idle.visitor')}
          </button>
        )}
      </div>
      {reads && <p className="muted">{t('idle.no-reader')}</p>}
    </Main>
  );
}

/** More names would hide the card that is to be laid down. */
const MOST_EXAMS = 3;

function ExamsToday({ exams = [] }: Pick<IdleProps['stage'], 'exams'>) {
  const { t, locale } = usePage();
  if (exams.length === 0 || exams.length > MOST_EXAMS) return null;
  return (
    <p className="exam-facts">
      <span className="badge">{t('idle.today')}</span>
      <strong>{exams.map((title) => inLocale(title, locale)).join(' · ')}</strong>
    </p>
  );
}

/** Somebody whose seat is another one, or whose exam was moved: where it is, and a proctor's way to decide otherwise. */
function TurnedAway({ away, reads }: { readonly away: TurnedAwayView } & Pick<IdleProps, 'reads'>) {
  const { t, station } = usePage();
  const { run } = useCall();
  const { who, why } = away;
  const moved = why.kind === 'moved';
  const sent = moved ? why.fromHere : undefined;
  return (
    <Main screen="turned-away">
      <h1>{t(moved ? 'moved.title' : 'seat.title', { name: who.name })}</h1>
      <p className="seat-label">{moved ? why.to : why.seat}</p>
      {sent !== 'waiting' && <p className="lead">{t(moved ? 'moved.hint' : 'seat.hint')}</p>}
      {sent && (
        <p role="status" className={sent === 'delivered' ? 'notice info' : 'notice warn'} data-sent={sent}>
          {t(`moved.${sent}`)}
        </p>
      )}
      {reads && <p className="muted">{t('seat.next')}</p>}
      <div className="row">
        <button
          type="button"
          className="primary"
          onClick={() => run(() => station.call('leave', {}))}
          data-action="leave"
        >
          {t('common.back')}
        </button>
        {(!moved || why.fromHere) && <ProctorDesk key={away.ticket} actions={atTheDoor(away)} />}
      </div>
    </Main>
  );
}

function TypeNumber({ onBack }: { readonly onBack: () => void }) {
  const { t, station } = usePage();
  const [number, setNumber] = useState('');
  const { busy, refused, run } = useCall();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onBack();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(() => station.call('identify.typed', { number }));
  };
  return (
    <Main screen="type">
      <h1>{t('type.title')}</h1>
      <form onSubmit={submit} onKeyDown={onKeyDown} className="type-number">
        <label>
          {t('type.label')}
          <input
            ref={input}
            value={grouped(number)}
            onChange={(event) => setNumber(withoutGaps(event.target.value))}
            inputMode="text"
            autoComplete="off"
            maxLength={24}
            name="number"
            spellCheck={false}
          />
          <small className="muted" aria-live="polite">
            {t('type.count', { count: number.length })}
          </small>
        </label>
        <Keypad
          extra="X"
          onDigit={(digit) => setNumber(number + digit)}
          onErase={() => setNumber(number.slice(0, -1))}
        />
        <Notice reason={refused} />
        <div className="row">
          <button type="submit" className="primary" disabled={busy || number.trim() === ''}>
            {t('type.submit')}
          </button>
          <button type="button" className="quiet" onClick={onBack}>
            {t('common.back')}
          </button>
        </div>
      </form>
    </Main>
  );
}

/** A card coming down on a reader. */
function CardPicture() {
  return (
    <svg className="card-picture" viewBox="0 0 320 200" aria-hidden="true">
      <rect className="reader" x="40" y="120" width="240" height="60" rx="14" />
      <circle className="reader-light" cx="256" cy="150" r="6" />
      <g className="card">
        <rect x="80" y="30" width="160" height="100" rx="10" />
        <circle cx="200" cy="70" r="16" />
        <path d="M176 112c0-16 10-24 24-24s24 8 24 24" />
        <path d="M98 58h56M98 76h44M98 112h64" />
      </g>
    </svg>
  );
}
