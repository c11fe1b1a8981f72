import type { CourseView } from '../../contract/page/course-view.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';
import { minutesOf } from './credit.ts';

/** In the bar above: how many minutes count by now. */
export function CourseProgress({ learning }: { readonly learning: CourseView }) {
  const { t } = usePage();
  const { credited, asked } = minutesOf(learning);
  return (
    <p className="countdown" role="status" data-credited={credited}>
      <Icon name="learn" />
      <span className="countdown-words">{t('learning.studied')}</span>
      <strong>
        {credited} / {asked}
      </strong>
      <span>{t('learning.minutes')}</span>
    </p>
  );
}
