import type { FormItem } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Content } from './content.tsx';
import { StemPictures } from './pictures.tsx';

/** The case or the text that a question is about, above it. */
export function PassageNote({ passage }: Pick<FormItem, 'passage'>) {
  const { t, contentLocale } = usePage();
  if (!passage) return null;
  return (
    <section className="passage" aria-label={t('exam.passage')}>
      <strong>{t('exam.passage')}</strong>
      <div className="content">
        <Content text={inLocale(passage.text, contentLocale)} />
      </div>
      <StemPictures pictures={passage.pictures} />
    </section>
  );
}
