import { useEffect, useState } from 'react';
import type { LookReport } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';

/** Ctrl + Shift + D: what the face check sees, how good the picture is, and what each stage costs. */
export function LookOverlay({ look }: { readonly look: LookReport | undefined }) {
  const { t, station } = usePage();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.code !== 'KeyD') return;
      event.preventDefault();
      setShown((before) => !before);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    station.call('overlay', { shown }).catch(() => undefined);
  }, [station, shown]);
  if (!shown) return null;
  return (
    <aside className="look-overlay" aria-label={t('overlay.title')}>
      <strong>{t('overlay.title')}</strong>
      {look ? <Report look={look} /> : <p>{t('overlay.nothing')}</p>}
    </aside>
  );
}

function Report({ look: { lanes, faces, costMs, quality, reason } }: { readonly look: LookReport }) {
  const { t } = usePage();
  const stages = Object.entries(costMs);
  return (
    <>
      <p>{t('overlay.faces', { faces, lanes })}</p>
      <p>{stages.map(([stage, ms]) => `${stage} ${ms.toFixed(1)}`).join(' · ')} ms</p>
      {reason && <p data-reason={reason}>{reason}</p>}
      <ul>
        {quality.map(({ component, value, verdict }) => (
          <li key={component} className={verdict}>
            <span>{component}</span> <span>{value.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
