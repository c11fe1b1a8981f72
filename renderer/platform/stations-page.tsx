import { useCallback, useEffect, useState } from 'react';
import type { Answered } from '../../contract/platform/endpoint.ts';
import { KEEP_PEOPLE } from '../../contract/platform/firms.ts';
import { type KnownStation, stationEndpoints } from '../../contract/platform/stations.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHasRole, usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { QrCode } from './qr-code.tsx';
import { ToldOnce } from './told-once.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

const AGAIN_MS = 5_000;

/** The terminals of a firm or a room, and how ready each is. */
export function StationsPage() {
  return (
    <OfFirm screen="stations" heading="stations.title">
      {(firm) => <Stations firm={firm} />}
    </OfFirm>
  );
}

/** Asked again every few seconds: a terminal that enrols shows by itself. */
export function useStations(firm: Firm) {
  const { ask } = usePlatform();
  const load = useCallback(() => ask(stationEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const loaded = useLoaded(load);
  const { again } = loaded;
  useEffect(() => {
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
  return loaded;
}

const TONES = { READY: 'good', WARNING: 'warn', 'NOT READY': 'bad' } as const;

function Stations({ firm }: { readonly firm: Firm }) {
  const { t } = usePlatform();
  const { value, refused, again } = useStations(firm);
  const [revoking, setRevoking] = useState<KnownStation>();
  return (
    <>
      {firm.isOwn && (
        <p>
          <a href={firm.address('guests')}>{t('guests.title')}</a>
        </p>
      )}
      {firm.isOwn && <NewStation firm={firm} />}
      <Problem refused={refused} />
      {value?.stations.length === 0 && <p className="empty">{t('list.empty')}</p>}
      <ul className="rows boxed">
        {value?.stations.map((station) => (
          <Station key={station.id} {...{ firm, station }} onChanged={again} onRevoke={() => setRevoking(station)} />
        ))}
      </ul>
      {revoking && (
        <Revoke
          {...{ firm, station: revoking }}
          onClose={() => setRevoking(undefined)}
          onDone={() => {
            setRevoking(undefined);
            again();
          }}
        />
      )}
    </>
  );
}

type StationProps = { readonly firm: Firm; readonly station: KnownStation };

function Station({
  firm,
  station: { id, name, heard, revoked, key },
  onChanged,
  onRevoke,
}: StationProps & { readonly onChanged: () => void; readonly onRevoke: () => void }) {
  const { t, ask, locale } = usePlatform();
  const mayPack = useHasRole(...KEEP_PEOPLE);
  const { busy, run, ...problem } = useDeed();
  const freshKey = () =>
    run(async () => {
      await ask(stationEndpoints.freshKey, { params: { firm: firm.id, id } });
      onChanged();
    });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  const wrong = heard?.checks.filter(({ status }) => status !== 'READY') ?? [];
  return (
    <li data-station={name}>
      <span className="part">
        <strong>{name}</strong>
        <small className="muted">
          {heard ? t('stations.heard', { at: time.format(new Date(heard.at)) }) : t('stations.never')}
          {key?.wished && ` · ${t('stations.key-wished')}`}
        </small>
        {revoked && <small>{t('stations.revoked-at', { at: time.format(new Date(revoked.at)) })}</small>}
        {!revoked && wrong.map(({ name: check, advice }) => <small key={check}>{advice?.[locale] ?? check}</small>)}
        <Problem {...problem} />
      </span>
      <span className="deeds">
        {revoked ? (
          <span className="badge bad">{t(`cause.${revoked.cause}`)}</span>
        ) : (
          <span className={`badge ${heard ? TONES[heard.status] : ''}`}>
            {t(heard ? `ready.${heard.status}` : 'stations.never')}
          </span>
        )}
        {firm.isOwn && !revoked && (
          <>
            {mayPack && <a href={firm.address('package', id)}>{t('package.title')}</a>}
            <Button small action="fresh-key" disabled={busy || key?.wished !== undefined} onPress={freshKey}>
              {t('stations.fresh-key')}
            </Button>
            <Button small look="danger" action="revoke-station" onPress={onRevoke}>
              {t('stations.revoke')}
            </Button>
          </>
        )}
      </span>
    </li>
  );
}

const CAUSES = ['stolen', 'lost', 'tampered', 'replaced', 'other'] as const;

function Revoke({
  firm,
  station,
  onClose,
  onDone,
}: StationProps & { readonly onClose: () => void; readonly onDone: () => void }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [cause, setCause] = useState<string>('lost');
  const [note, setNote] = useState('');
  const revoke = () =>
    run(async () => {
      const body = { cause: CAUSES.find((one) => one === cause) ?? 'other', note };
      await ask(stationEndpoints.revoke, { params: { firm: firm.id, id: station.id }, body });
      onDone();
    });
  return (
    <Dialog title={`${t('stations.revoke')} · ${station.name}`} onClose={onClose}>
      <Form onSend={revoke}>
        <p>{t('stations.revoke-means')}</p>
        <ChoiceField
          name="cause"
          label={t('worker.reason')}
          value={cause}
          onChange={setCause}
          choices={CAUSES.map((one) => ({ value: one, label: t(`cause.${one}`) }))}
        />
        <TextField name="note" label={t('stations.note')} value={note} onChange={setNote} />
        <Problem {...problem} />
        <div className="sheet-deeds">
          <Button action="cancel" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <Button look="danger" submits action="revoke-really" disabled={busy}>
            {t('stations.revoke')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** A code with which one terminal enrols, and what to do there with it. */
export function NewStation({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [told, setTold] = useState<Answered<typeof stationEndpoints.addCode>>();
  const make = () =>
    run(async () => setTold(await ask(stationEndpoints.addCode, { params: { firm: firm.id }, body: {} })));
  return (
    <div className="part">
      {told && (
        <div className="with-code">
          <QrCode text={told.code} label={t('stations.code-qr')} />
          <div className="part">
            <ToldOnce label={t('stations.code')} secret={told.code} />
            <ol>
              <li>{t('stations.how-1')}</li>
              <li>{t('stations.how-2', { address: location.origin })}</li>
              <li>{t('stations.how-3', { until: new Date(told.until).toLocaleString(locale) })}</li>
            </ol>
          </div>
        </div>
      )}
      <Problem {...problem} />
      <div>
        <Button look={told ? 'secondary' : 'primary'} action="station-code" disabled={busy} onPress={make}>
          {t(told ? 'stations.another-code' : 'stations.make-code')}
        </Button>
      </div>
    </div>
  );
}
