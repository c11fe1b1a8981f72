import type { Feedback, FormItem } from '../../contract/form.ts';
import { inLocale } from '../../contract/localized.ts';
import { usePage } from '../context.ts';

/** What is right, in letters and words, and why. */
export function FeedbackNote({ item, feedback }: { readonly item: FormItem; readonly feedback: Feedback }) {
  const { t, locale } = usePage();
  const { right, rightOptions, rightNumber, explanation } = feedback;
  const number = rightNumber === undefined ? [] : [`${rightNumber} ${item.unit ?? ''}`];
  const options = item.options.flatMap(({ id, text }, at) =>
    rightOptions.includes(id) ? [`${String.fromCharCode(65 + at)}. ${inLocale(text, locale)}`] : [],
  );
  return (
    <div className={right ? 'feedback right' : 'feedback wrong'} role="status">
      <strong>{t(right ? 'practice.right' : 'practice.wrong')}</strong>
      {!right && <p>{t('practice.answer', { answer: [...options, ...number].join('；') })}</p>}
      {explanation && <p>{t('practice.why', { why: inLocale(explanation, locale) })}</p>}
    </div>
  );
}
