import type { SeenCourse } from '../../contract/platform/courses.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePlatform } from './context.tsx';

/** A course, lesson by lesson. */
export function Lessons({ course }: { readonly course: SeenCourse }) {
  const { t, locale } = usePlatform();
  const megabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  return (
    <>
      <p className="muted">
        {t('courses.size', { lessons: course.lessons.length, minutes: Math.ceil(course.seconds / 60) })} ·{' '}
        {t(course.home ? 'courses.home' : 'courses.not-home')}
      </p>
      <ol className="rows boxed">
        {course.lessons.map(({ id, kind, title, seconds, bytes, count }) => (
          <li key={id} data-lesson={kind}>
            <span>{inLocale(title, locale)}</span>
            <span className="muted">
              {t(`lesson.${kind}`)}
              {count !== null && ` · ${t(kind === 'questions' ? 'courses.questions' : 'courses.pages', { count })}`}
              {bytes !== null && ` · ${megabytes.format(bytes / 1e6)}`}
              {` · ${t('courses.seconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}`}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
