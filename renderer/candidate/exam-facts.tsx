import type { ExamSummary } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';

export function ExamFacts({ exam }: { readonly exam: ExamSummary }) {
  const { t, locale } = usePage();
  const minutes = Math.round(exam.durationSeconds / 60);
  return (
    <div className="facts">
      <span className={`badge ${exam.mode}`}>{t(`mode.${exam.mode}`)}</span>
      <strong>{inLocale(exam.title, locale)}</strong>
      <span className="muted">
        {t('exam.facts', { items: exam.items, full: exam.fullMarks, pass: exam.passMarks, minutes })}
      </span>
    </div>
  );
}
