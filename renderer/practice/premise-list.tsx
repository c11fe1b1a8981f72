import type { FormItem } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Content } from '../design/content.tsx';
import { OptionPictures } from '../design/pictures.tsx';

/** What options are put beside, by its number. */
export function PremiseList({ premises = [] }: Pick<FormItem, 'premises'>) {
  const { contentLocale } = usePage();
  if (premises.length === 0) return null;
  return (
    <ol className="mistake-options">
      {premises.map(({ id, text, pictures }, at) => (
        <li key={id}>
          <span className="letter">{at + 1}</span>
          <span className="content">{text && <Content text={inLocale(text, contentLocale)} />}</span>
          <OptionPictures pictures={pictures} />
        </li>
      ))}
    </ol>
  );
}
