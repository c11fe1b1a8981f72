import type { RefObject } from 'react';
import type { CourseView } from '../../contract/page/course-view.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { minutesOf } from './credit.ts';

type EndProps = {
  readonly learning: CourseView;
  /** What the lesson on the screen has to do before it is left. */
  readonly leaving: RefObject<() => Promise<void>>;
  readonly onClose: () => void;
};

/** Enough for today: what is credited is kept, and the camera looks once more so that the last minutes count too. */
export function EndDialog({ learning, leaving, onClose }: EndProps) {
  const { t, station } = usePage();
  const { busy, refused, run } = useCall();
  const end = async (): Promise<void> => {
    await leaving.current();
    await station.call('hand-in', {});
  };
  const left = learning.lessons.filter(({ complete }) => !complete).length;
  return (
    <Dialog title={t('learning.end-title')} onClose={onClose}>
      <p className="lead">{t('learning.credited', minutesOf(learning))}</p>
      <p>{left > 0 ? t('learning.left', { count: left }) : t('learning.all-done')}</p>
      <p className="muted">{t('learning.last-look')}</p>
      <Notice reason={refused} />
      <div className="sheet-deeds">
        <Button look="primary" disabled={busy} onPress={() => run(end)} action="confirm-end">
          {t(busy ? 'learning.looking' : 'learning.end')}
        </Button>
        <Button disabled={busy} onPress={onClose} action="go-on">
          {t('learning.go-on')}
        </Button>
      </div>
    </Dialog>
  );
}
