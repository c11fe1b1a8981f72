import type { FormItem } from '../../contract/words/form.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';

/** Whether some item of a paper can be read in another language than Chinese, which every item has. */
export const isBilingual = ({ items }: { readonly items: readonly Pick<FormItem, 'stem'>[] }): boolean =>
  items.some(({ stem }) => stem.en !== undefined && stem.en !== stem.zh);

/** Shows questions in the other language; the screen stays in its own. */
export function ContentLanguage() {
  const { t, contentLocale, chooseContent } = usePage();
  const other: Locale = contentLocale === 'zh' ? 'en' : 'zh';
  return (
    <Button small icon="language" onPress={() => chooseContent(other)} action="content-language">
      {t(`exam.content.${other}`)}
    </Button>
  );
}
