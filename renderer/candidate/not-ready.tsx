import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { NotNow } from './drawings.tsx';

type NotReadyProps = { readonly notice: Reason | undefined; readonly onReadiness: () => void };

/** Nobody can be examined here: candidates are sent to somebody, staff to the reason. */
export function NotReadyScreen({ notice, onReadiness }: NotReadyProps) {
  const { t } = usePage();
  return (
    <Scene screen="not-ready" picture={<NotNow />}>
      <h1>{t('idle.not-ready')}</h1>
      <p className="lead">{t('idle.not-ready-hint')}</p>
      {/* That it is not ready stands here already. */}
      <Notice reason={notice === 'station-not-ready' ? undefined : notice} />
      <div className="deeds">
        <Button onPress={onReadiness} action="readiness-list">
          {t('readiness.staff')}
        </Button>
      </div>
    </Scene>
  );
}
