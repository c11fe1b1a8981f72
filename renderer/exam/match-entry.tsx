import { useId } from 'react';
import type { FormItem, Given } from '../../contract/words/form.ts';
import type { OptionId } from '../../contract/words/ids.ts';
import type { ItemOption } from '../../contract/words/items.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Content } from '../design/content.tsx';
import { letterOf } from '../design/letters.ts';
import { OptionPictures } from '../design/pictures.tsx';

type Pairs = NonNullable<Given['pairs']>;

type MatchEntryProps = {
  readonly item: FormItem;
  readonly pairs: Pairs;
  /** What belongs together, once it was told. */
  readonly right: Pairs | undefined;
  readonly disabled: boolean;
  readonly onPair: (pairs: Pairs) => void;
};

/** What can be chosen stands there once, by its letter; under each premise a letter is pressed. One may be used for several. */
export function MatchEntry({ item, pairs, right, disabled, onPair }: MatchEntryProps) {
  const { t } = usePage();
  const ids = useId();
  const { premises = [], options } = item;
  const pair = (premise: OptionId, choice: OptionId): void => {
    const next = new Map([...pairs.map((one) => [one.premise, one.choice] as const), [premise, choice]]);
    // In the order of the premises, however they were answered.
    onPair(
      premises.flatMap(({ id }) => {
        const put = next.get(id);
        return put === undefined ? [] : [{ premise: id, choice: put }];
      }),
    );
  };
  return (
    <div className="match">
      <ul className="match-choices" aria-label={t('exam.match-choices')}>
        {options.map((option, at) => (
          <li key={option.id} id={`${ids}${option.id}`} className="match-choice">
            <span className="letter">{letterOf(at)}</span>
            <Said {...option} />
          </li>
        ))}
      </ul>
      <ol>
        {premises.map((premise, at) => {
          const chosen = pairs.find((one) => one.premise === premise.id)?.choice;
          const told = right?.find((one) => one.premise === premise.id)?.choice;
          return (
            <li
              key={premise.id}
              className="match-row"
              data-premise={premise.id}
              data-right={told && told === chosen}
              data-wrong={told && told !== chosen}
            >
              <span className="place">{at + 1}</span>
              <span id={`${ids}${premise.id}`} className="content">
                <Said {...premise} />
              </span>
              <span
                role="radiogroup"
                className="match-letters"
                aria-label={t('exam.match-for', { n: at + 1 })}
                aria-describedby={`${ids}${premise.id}`}
              >
                {options.map(({ id }, place) => (
                  <label key={id} className="match-letter">
                    <input
                      type="radio"
                      name={`${item.itemId}${premise.id}`}
                      checked={chosen === id}
                      disabled={disabled}
                      onChange={() => pair(premise.id, id)}
                      aria-labelledby={`${ids}${id}`}
                      data-choice={id}
                    />
                    <span className="letter" aria-hidden="true">
                      {letterOf(place)}
                    </span>
                  </label>
                ))}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Said({ text, pictures }: Pick<ItemOption, 'text' | 'pictures'>) {
  const { contentLocale } = usePage();
  return (
    <>
      {text && (
        <span className="content">
          <Content text={inLocale(text, contentLocale)} />
        </span>
      )}
      <OptionPictures pictures={pictures} />
    </>
  );
}
