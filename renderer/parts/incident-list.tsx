import { useState } from 'react';
import type { Evidence, StationView } from '../../contract/view.ts';
import { usePage } from '../context.ts';
import { ReadingDialog } from './dialog.tsx';

/** How many incidents there are; opened, what each was, when, and what it can be judged by. */
export function IncidentList({ incidents }: Pick<StationView, 'incidents'>) {
  const { t, explain, locale } = usePage();
  const [open, setOpen] = useState(false);
  if (incidents.length === 0) return null;
  return (
    <>
      <button type="button" className="badge warn" onClick={() => setOpen(true)} data-action="incidents">
        {t('app.incidents', { count: incidents.length })}
      </button>
      {open && (
        <ReadingDialog title={t('incidents.title')} onClose={() => setOpen(false)}>
          <ol className="incidents">
            {incidents.toReversed().map(({ id, reason, at, paused, evidence }) => (
              <li key={id} data-reason={reason}>
                <time dateTime={at}>{new Date(at).toLocaleTimeString(locale)}</time>
                <span>
                  {explain(reason)} {paused && <strong>{t('incidents.paused')}</strong>}
                </span>
                <code>{reason}</code>
                {evidence && <Judged by={evidence} />}
              </li>
            ))}
          </ol>
        </ReadingDialog>
      )}
    </>
  );
}

function Judged({ by: { lastedMs, faces, yaw, eyesOpen, score } }: { readonly by: Evidence }) {
  const { t } = usePage();
  const facts = [
    t('incidents.lasted', { seconds: Math.round(lastedMs / 1000) }),
    t('incidents.faces', { faces }),
    ...(yaw === undefined ? [] : [t('incidents.yaw', { yaw })]),
    ...(eyesOpen === undefined ? [] : [t('incidents.eyes', { open: eyesOpen })]),
    ...(score === undefined ? [] : [t('incidents.score', { score })]),
  ];
  return <small className="muted">{facts.join(' · ')}</small>;
}
