import { useState } from 'react';
import type { Incident, StationView } from '../../contract/page/view.ts';
import type { Evidence } from '../../contract/words/evidence.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { ReadingDialog } from '../design/dialog.tsx';
import { decisionInWords } from './decisions.ts';
import { verdictsOn } from './proctor-actions.ts';
import { ProctorDialog } from './proctor-dialog.tsx';

/** How many incidents there are; opened, what each was, when, what it can be judged by, and what a proctor made of it. */
export function IncidentList({ incidents, decisions }: Pick<StationView, 'incidents' | 'decisions'>) {
  const page = usePage();
  const { t, locale } = page;
  const [open, setOpen] = useState(false);
  const [judging, setJudging] = useState<Incident['id']>();
  if (incidents.length === 0 && decisions.length === 0) return null;
  return (
    <>
      <Button
        look="quiet"
        onPress={() => setOpen(true)}
        action="incidents"
        marks={{ 'data-incidents': incidents.length }}
      >
        {incidents.length > 0 ? t('app.incidents', { count: incidents.length }) : t('decisions.title')}
      </Button>
      {open && (
        <ReadingDialog
          title={t(incidents.length > 0 ? 'incidents.title' : 'decisions.title')}
          onClose={() => setOpen(false)}
        >
          <ol className="incidents">
            {incidents.toReversed().map((incident) => (
              <IncidentEntry key={incident.id} {...incident} onJudge={() => setJudging(incident.id)} />
            ))}
          </ol>
          {decisions.length > 0 && (
            <>
              {incidents.length > 0 && <h3>{t('decisions.title')}</h3>}
              <ol className="decisions">
                {decisions.toReversed().map((decision) => (
                  <li key={`${decision.at} ${decision.action}`}>
                    <time dateTime={decision.at}>{new Date(decision.at).toLocaleTimeString(locale)}</time>
                    <span>{decisionInWords(page, decision)}</span>
                  </li>
                ))}
              </ol>
            </>
          )}
        </ReadingDialog>
      )}
      {judging && (
        <ProctorDialog
          actions={verdictsOn(judging)}
          twoProctors={[]}
          scores={false}
          pictured={incidents.find(({ id, pictured }) => id === judging && pictured)?.id}
          onClose={() => setJudging(undefined)}
        />
      )}
    </>
  );
}

function IncidentEntry({
  reason,
  at,
  paused,
  evidence,
  verdict,
  onJudge,
}: Incident & { readonly onJudge: () => void }) {
  const { t, explain, locale } = usePage();
  return (
    <li data-reason={reason} data-verdict={verdict}>
      <time dateTime={at}>{new Date(at).toLocaleTimeString(locale)}</time>
      <span>
        {explain(reason)} {paused && <strong>{t('incidents.paused')}</strong>}
      </span>
      <code>{reason}</code>
      {evidence && <Judged by={evidence} />}
      <Button small className="judge" onPress={onJudge} action="judge">
        {t(verdict ? `incidents.was-${verdict}` : 'incidents.judge')}
      </Button>
    </li>
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
  return <small className="muted">{facts.join(' · ')}</small>;
}
