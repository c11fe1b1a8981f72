import type { DocumentKind } from '../../contract/words/id-number.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';

/** What a number can be of, the most usual first; of `resident` are all that have 18 characters. */
const CHOICES: readonly DocumentKind[] = [
  ...(['resident', 'foreign-permit', 'hong-kong-macau', 'taiwan', 'passport', 'staff'] as const),
];

type DocumentChoiceProps = { readonly chosen: DocumentKind; readonly onChoose: (document: DocumentKind) => void };

/** Which document somebody has: one touch, and on to its number. */
export function DocumentChoice({ chosen, onChoose }: DocumentChoiceProps) {
  const { t } = usePage();
  return (
    <fieldset className="document-choice">
      <legend className="visually-hidden">{t('type.document')}</legend>
      {CHOICES.map((document) => (
        <Button
          key={document}
          look={document === chosen ? 'primary' : 'secondary'}
          onPress={() => onChoose(document)}
          action={`document-${document}`}
        >
          {t(document === 'resident' ? 'type.eighteen' : `document.${document}`)}
        </Button>
      ))}
    </fieldset>
  );
}
