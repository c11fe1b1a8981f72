import { useCallback, useState } from 'react';
import type { Answered } from '../../contract/platform/endpoint.ts';
import { grantEndpoints } from '../../contract/platform/grants.ts';
import { type GrantId, instant, StationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { SpanFields } from './span-fields.tsx';
import { useStations } from './stations-page.tsx';
import { momentOf, tomorrow, typedMoment } from './turn-words.ts';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** Which other firms may use the stations of this one, and whose this one may use. */
export function GuestsPage() {
  return (
    <OfFirm screen="guests" heading="guests.title">
      {(firm) => <Guests firm={firm} />}
    </OfFirm>
  );
}

function Guests({ firm }: { readonly firm: Firm }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const load = useCallback(() => ask(grantEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused, again } = useLoaded(load);
  const end = (id: GrantId) =>
    run(async () => {
      await ask(grantEndpoints.end, { params: { firm: firm.id, id } });
      again();
    });
  const given = value?.grants.filter(({ owner }) => owner.id === value.own) ?? [];
  const received = value?.grants.filter(({ owner }) => owner.id !== value.own) ?? [];
  return (
    <>
      <a href={firm.address('stations')}>{t('stations.title')}</a>
      <Problem refused={refused} />
      {value && <p>{t('guests.own', { id: value.own })}</p>}
      <Give firm={firm} onGiven={again} />
      <Problem {...problem} />
      <Grants heading={t('guests.given')} grants={given} busy={busy} onEnd={end} />
      <Grants heading={t('guests.received')} grants={received} busy={busy} />
    </>
  );
}

type GrantsProps = {
  readonly heading: string;
  readonly grants: Answered<typeof grantEndpoints.list>['grants'];
  readonly busy: boolean;
  readonly onEnd?: (id: GrantId) => void;
};

function Grants({ heading, grants, busy, onEnd }: GrantsProps) {
  const { t, locale } = usePlatform();
  const isOver = (until: string) => new Date(until) <= new Date();
  return (
    <section className="part" aria-label={heading}>
      <h2>{heading}</h2>
      {grants.length === 0 && <p className="empty">{t('list.empty')}</p>}
      <ul className="rows boxed">
        {grants.map(({ id, station, owner, tenant, exams, from, until, ended }) => (
          <li key={id} data-grant={id}>
            <span className="part">
              <span>
                <strong>{onEnd ? tenant.name : owner.name}</strong> · {station.name}
              </span>
              <small className="muted">
                {momentOf(from, locale)} – {momentOf(until, locale)} ·{' '}
                {exams === 'all' ? t('guests.all-exams') : exams.join(', ')}
              </small>
            </span>
            {isOver(until) ? (
              <span className="badge">{t(ended ? 'guests.ended' : 'guests.over')}</span>
            ) : (
              onEnd && (
                <Button small look="danger" action="end-grant" disabled={busy} onPress={() => onEnd(id)}>
                  {t('guests.end')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Give({ firm, onGiven }: { readonly firm: Firm; readonly onGiven: () => void }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const { value } = useStations(firm);
  const [called, setCalled] = useState('');
  const [other, setOther] = useState<Answered<typeof grantEndpoints.other>>();
  const [station, setStation] = useState('');
  const [span, setSpan] = useState(() => {
    const begins = tomorrow(new Date());
    return { from: typedMoment(begins), until: typedMoment(new Date(begins.getTime() + 9 * 3_600_000)) };
  });
  const params = { firm: firm.id };
  const find = () => run(async () => setOther(await ask(grantEndpoints.other, { params, query: { called } })));
  const give = () =>
    run(async () => {
      if (!other) return;
      const { data } = StationId.safeParse(station);
      const [from, until] = [instant(new Date(span.from)), instant(new Date(span.until))];
      const stations = data ? [data] : ('all' as const);
      await ask(grantEndpoints.give, {
        params,
        body: { tenantId: other.tenantId, stations, exams: 'all', from, until },
      });
      setOther(undefined);
      setCalled('');
      onGiven();
    });
  return (
    <section className="part" aria-labelledby="give">
      <h2 id="give">{t('guests.give')}</h2>
      <p className="muted">{t('guests.means')}</p>
      <Form onSend={other ? give : find}>
        <div className="fields">
          <TextField
            name="called"
            label={t('guests.called')}
            hint={t('guests.called-hint')}
            value={called}
            onChange={(typed) => {
              setCalled(typed.trim());
              setOther(undefined);
            }}
            required
          />
          {other && (
            <>
              <ChoiceField
                name="station"
                label={t('guests.station')}
                value={station}
                onChange={setStation}
                choices={[
                  { value: '', label: t('guests.all-stations') },
                  ...(value?.stations ?? [])
                    .filter(({ revoked }) => !revoked)
                    .map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
              <SpanFields span={span} onChange={setSpan} />
            </>
          )}
        </div>
        {other && <p role="status">{t('guests.is', { name: other.name })}</p>}
        <Problem {...problem} />
        <div>
          <Button look="primary" submits action={other ? 'give-grant' : 'find-firm'} disabled={busy}>
            {t(other ? 'guests.give' : 'guests.find')}
          </Button>
        </div>
      </Form>
    </section>
  );
}
