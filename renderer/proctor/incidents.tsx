import { useState } from 'react';
import type { Incident } from '../../contract/page/view.ts';
import type { Evidence } from '../../contract/words/evidence.ts';
import type { DeskId, IncidentId } from '../../contract/words/ids.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { DeedStep, type Perform } from './deed-step.tsx';
import { type OfferedAction, verdictsOn } from './proctor-actions.ts';

type IncidentsProps = {
  readonly desk: DeskId;
  readonly incidents: readonly Incident[];
  readonly busy: boolean;
  readonly refused: Reason | undefined;
  readonly onPerform: Perform;
};

/** What happened, the newest first: what it can be judged by, and what a proctor makes of it. */
export function Incidents({ desk, incidents, busy, refused, onPerform }: IncidentsProps) {
  const { t } = usePage();
  const [judging, setJudging] = useState<{ readonly id: IncidentId; readonly deed: OfferedAction }>();
  if (incidents.length === 0) return null;
  return (
    <section aria-label={t('incidents.title')}>
      <h3>{t('incidents.title')}</h3>
      <ol className="incidents">
        {incidents.toReversed().map((incident) => (
          <li key={incident.id} data-reason={incident.reason} data-verdict={incident.verdict}>
            <What {...incident} />
            {incident.pictured && <Picture desk={desk} incident={incident.id} />}
            {judging?.id === incident.id ? (
              <DeedStep
                key={judging.deed.name}
                deed={judging.deed}
                two={false}
                busy={busy}
                refused={refused}
                onPerform={async (action) => {
                  const done = await onPerform(action);
                  if (done) setJudging(undefined);
                  return done;
                }}
                onBack={() => setJudging(undefined)}
              />
            ) : (
              <Judge {...incident} onJudge={(deed) => setJudging({ id: incident.id, deed })} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function What({ reason, at, paused, evidence }: Incident) {
  const { t, explain, locale } = usePage();
  return (
    <div className="incident-what">
      <time dateTime={at}>{new Date(at).toLocaleTimeString(locale)}</time>
      <span>
        {explain(reason)} {paused && <strong>{t('incidents.paused')}</strong>}
        <small className="muted judged-by">
          {evidence && <Judged by={evidence} />} <code>{reason}</code>
        </small>
      </span>
    </div>
  );
}

type JudgeProps = Incident & { readonly onJudge: (deed: OfferedAction) => void };

function Judge({ id, verdict, onJudge }: JudgeProps) {
  const { t } = usePage();
  return (
    <div className="row judge">
      {verdict && <span className="badge">{t(`incidents.was-${verdict}`)}</span>}
      {verdictsOn(id).map((deed) => (
        <Button key={deed.name} small icon={deed.icon} onPress={() => onJudge(deed)} marks={{ 'data-deed': deed.name }}>
          {t(deed.label)}
        </Button>
      ))}
    </div>
  );
}

/** What it looked like then, where a picture is kept. */
function Picture({ desk, incident }: { readonly desk: DeskId; readonly incident: IncidentId }) {
  const { t, station } = usePage();
  const [picture, setPicture] = useState<string>();
  const { busy, refused, run } = useCall();
  const see = () =>
    run(async () => setPicture((await station.call('proctor.picture', { desk, incidentId: incident })).base64));
  if (picture)
    return <img className="evidence" src={`data:image/jpeg;base64,${picture}`} alt={t('incidents.picture')} />;
  return (
    <div className="row">
      <Notice reason={refused} />
      <Button small look="quiet" icon="enlarge" disabled={busy} onPress={see} action="picture">
        {t('incidents.picture')}
      </Button>
    </div>
  );
}

function Judged({ by: { lastedMs, faces, what, yaw, eyesOpen, score } }: { readonly by: Evidence }) {
  const { t } = usePage();
  const facts = [
    ...(what ? [what] : []),
    ...(lastedMs === 0 ? [] : [t('incidents.lasted', { seconds: Math.ceil(lastedMs / 1000) })]),
    ...(faces === undefined ? [] : [t('incidents.faces', { faces })]),
    ...(yaw === undefined ? [] : [t('incidents.yaw', { yaw })]),
    ...(eyesOpen === undefined ? [] : [t('incidents.eyes', { open: eyesOpen })]),
    ...(score === undefined ? [] : [t('incidents.score', { score })]),
  ];
  return facts.join(' · ');
}
