import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';

type NotReadyProps = { readonly notice: Reason | undefined; readonly onReadiness: () => void };

/** Nobody can be examined here: said to candidates in words, to staff behind a button. */
export function NotReadyScreen({ notice, onReadiness }: NotReadyProps) {
  const { t } = usePage();
  return (
    <Main screen="not-ready">
      <h1>{t('idle.not-ready')}</h1>
      <p className="lead">{t('idle.not-ready-hint')}</p>
      {/* That it is not ready stands here already. */}
      <Notice reason={notice === 'station-not-ready' ? undefined : notice} />
      <button type="button" className="secondary" onClick={onReadiness} data-action="readiness-list">
        {t('readiness.staff')}
      </button>
    </Main>
  );
}
