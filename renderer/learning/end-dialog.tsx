import type { CourseView } from '../../contract/page/course-view.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { minutesOf } from './credit.ts';

type EndProps = { readonly learning: CourseView; readonly onClose: () => void };

/** Enough for today: what is credited is kept, and the camera looks once more so that the last minutes count too. */
export function EndDialog({ learning, onClose }: EndProps) {
  const { t, station } = usePage();
  const { busy, refused, run } = useCall();
  const left = learning.lessons.filter(({ complete }) => !complete).length;
  return (
    <Dialog title={t('learning.end-title')} onClose={onClose}>
      <p className="lead">{t('learning.credited', minutesOf(learning))}</p>
      <p>{left > 0 ? t('learning.left', { count: left }) : t('learning.all-done')}</p>
      <p className="muted">{t('learning.last-look')}</p>
      <Notice reason={refused} />
      <div className="sheet-deeds">
        <Button
          look="primary"
          disabled={busy}
          onPress={() => run(() => station.call('hand-in', {}))}
          action="confirm-end"
        >
          {t(busy ? 'learning.looking' : 'learning.end')}
        </Button>
        <Button disabled={busy} onPress={onClose} action="go-on">
          {t('learning.go-on')}
        </Button>
      </div>
    </Dialog>
  );
}
