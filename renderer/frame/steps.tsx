import type { Stage } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';

const STEPS = ['identify', 'consent', 'capture', 'unlock', 'exam', 'result'] as const;

const AT: Readonly<Record<Stage['stage'], (typeof STEPS)[number]>> = {
  idle: 'identify',
  choosing: 'identify',
  enrolling: 'consent',
  consenting: 'consent',
  capturing: 'capture',
  refused: 'capture',
  'awaiting-unlock': 'unlock',
  'in-progress': 'exam',
  paused: 'exam',
  result: 'result',
};

/** Where a candidate is on the way, so that somebody who was never here before knows what comes. */
export function Steps({ stage }: { readonly stage: Stage }) {
  const { t } = usePage();
  const at = STEPS.indexOf(AT[stage.stage]);
  return (
    <section className="steps-of" aria-label={t('steps.label')}>
      {/* Where there is no room for all of them: which one it is. */}
      <span className="step-of" aria-hidden="true">
        {at + 1} / {STEPS.length}
      </span>
      <ol className="steps">
        {STEPS.map((step, i) => (
          <li
            key={step}
            className={i < at ? 'done' : i === at ? 'now' : ''}
            aria-current={i === at ? 'step' : undefined}
          >
            <span className="dot" aria-hidden="true">
              {i < at ? '✓' : i + 1}
            </span>
            <span className="step-name">{t(`steps.${step}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
