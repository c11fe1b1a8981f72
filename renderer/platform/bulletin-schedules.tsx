import { useCallback, useMemo, useState } from 'react';
import { scheduleEndpoints as ends, type NewSchedule, type Schedule } from '../../contract/platform/schedules.ts';
import { ReasonCode } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { AddSchedule } from './schedule-fields.tsx';
import { useDeed } from './use-deed.ts';

type SchedulesProps = { readonly below: string; readonly grouping: string };

/** 定期通报: bulletins that come by themselves. */
export function BulletinSchedules({ below, grouping }: SchedulesProps) {
  const { t, ask } = usePlatform();
  const { run, ...deed } = useDeed();
  const adding = useDeed();
  const [round, setRound] = useState(0);
  const again = () => setRound((before) => before + 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  const asked = useMemo(() => ({ query: { size: 20 } }), [round]);
  const { value: ways } = useLoaded(useCallback(() => ask(ends.ways, {}), [ask]));
  const add = (body: NewSchedule) =>
    adding.run(async () => {
      await ask(ends.add, { body });
      again();
    });
  const act = (endpoint: typeof ends.end | typeof ends.tryNow, { id }: Schedule) =>
    run(async () => {
      await ask(endpoint, { params: { id } });
      again();
    });
  const columns: readonly Column<Schedule>[] = [
    { name: 'what', title: t('schedules.what'), cell: (one) => <What schedule={one} /> },
    { name: 'ways', title: t('schedules.ways'), cell: ({ to }) => <Where {...to} /> },
    { name: 'next', title: t('schedules.next'), cell: (one) => <Next schedule={one} /> },
    { name: 'last', title: t('schedules.last'), cell: (one) => <Last schedule={one} /> },
    {
      ...{ name: 'deeds', title: '' },
      cell: (one) =>
        one.endedAt === null && (
          <span className="deeds">
            <Button small action="try-schedule" disabled={deed.busy} onPress={() => act(ends.tryNow, one)}>
              {t('schedules.try')}
            </Button>
            <Button small look="danger" action="end-schedule" disabled={deed.busy} onPress={() => act(ends.end, one)}>
              {t('schedules.end')}
            </Button>
          </span>
        ),
    },
  ];
  return (
    // The list in it is the landmark of this name.
    <div className="part no-print" data-part="schedules">
      <h2>{t('schedules.title')}</h2>
      <p className="muted">{t('schedules.means')}</p>
      <Problem refused={deed.refused} detail={deed.detail} />
      <List
        caption={t('schedules.title')}
        endpoint={ends.list}
        {...{ asked, columns }}
        keyOf={({ id }: Schedule) => id}
      />
      <Button small look="quiet" action="look-again" onPress={again}>
        {t('schedules.again')}
      </Button>
      {ways && <AddSchedule key={`${below} ${grouping}`} {...{ ways, below, grouping, deed: adding, onAdd: add }} />}
    </div>
  );
}

function What({ schedule: { organisation, grouping, period, day, hour, formats } }: { readonly schedule: Schedule }) {
  const { t } = usePlatform();
  return (
    <span>
      {organisation} · {t(`bulletin.by-${grouping}`)}
      <br />
      <small className="muted">
        {t(`schedules.rhythm-${period}`, { day, hour: String(hour) })} · {formats.join(' · ').toUpperCase()}
      </small>
    </span>
  );
}

function Where({ folder, mails, hook }: Schedule['to']) {
  const { t } = usePlatform();
  const all = [...(folder ? [t('schedules.way-folder')] : []), ...mails, ...(hook ? [t('schedules.way-hook')] : [])];
  return <>{all.join(' · ')}</>;
}

function Next({ schedule: { nextAt, endedAt } }: { readonly schedule: Schedule }) {
  const { t, locale } = usePlatform();
  if (endedAt) return <span className="badge warn">{t('schedules.ended')}</span>;
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' });
  return <>{when.format(new Date(nextAt))}</>;
}

/** Of which period it was, what became of it, and of each way that it did not come by, why. */
function Last({ schedule: { last } }: { readonly schedule: Schedule }) {
  const { t, explain } = usePlatform();
  if (!last) return <>{t('schedules.never')}</>;
  const { from, to, isTrial, state, tries, reason: whole, outcomes } = last;
  const isLate = state === 'waiting' && outcomes.some(({ isDone }) => !isDone);
  const said = isLate
    ? t('schedules.late', { tries })
    : t(state === 'ended' ? 'schedules.ended-issue' : `schedules.${state}`);
  const missed = outcomes.filter(({ isDone }) => !isDone);
  return (
    <span data-state={state}>
      {from === to ? from : `${from} – ${to}`} {isTrial && `${t('schedules.trial')} `}
      <span className={isLate || state === 'failed' ? 'badge warn' : undefined}>{said}</span>
      {whole && (
        <small className="muted" data-reason={whole}>
          <br />
          {explain(ReasonCode.safeParse(whole).data ?? 'internal')}
        </small>
      )}
      {missed.map(({ way, to: where, reason }) => (
        <small key={`${way} ${where}`} className="muted">
          <br />
          {t(`schedules.way-${way}`)} {way === 'mail' && where}:{' '}
          {explain(ReasonCode.safeParse(reason).data ?? 'internal')}
        </small>
      ))}
    </span>
  );
}
