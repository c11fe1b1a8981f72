import type { Feedback, FormItem, Given } from '../../contract/words/form.ts';
import type { OptionId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { NumberEntry } from '../design/number-entry.tsx';
import { OptionPictures, StemPictures } from '../design/pictures.tsx';
import { FeedbackNote } from '../practice/feedback-note.tsx';

type ItemCardProps = {
  readonly item: FormItem;
  readonly at: number;
  readonly of: number;
  readonly given: Given;
  readonly flagged: boolean;
  /** In practice, once it was asked for: the answer stands then. */
  readonly feedback?: Feedback | undefined;
  /** Nothing may be changed now. */
  readonly locked?: boolean | undefined;
  readonly onAnswer: (given: Given) => void;
  readonly onFlag: () => void;
};

/** One item. The options are the platform's own radio buttons and check boxes, drawn large. */
export function ItemCard(props: ItemCardProps) {
  const { item, at, of, given, flagged, feedback, locked = false, onAnswer, onFlag } = props;
  const { t, locale } = usePage();
  const many = item.kind === 'multiple';
  const { chosen } = given;
  const pictured = item.options.length > 0 && item.options.every(({ text }) => text === undefined);
  const toggle = (id: OptionId, on: boolean) => {
    if (!many) return onAnswer({ chosen: [id] });
    onAnswer({ chosen: on ? [...chosen, id] : chosen.filter((other) => other !== id) });
  };
  return (
    <div className="item">
      <div className="item-tools">
        <Button small icon="flag" pressed={flagged} onPress={onFlag} action="flag">
          {t(flagged ? 'exam.unflag' : 'exam.flag')}
        </Button>
      </div>
      <fieldset className="question">
        <legend>
          <span className="item-head">
            <strong>{t('exam.question', { at: at + 1, of })}</strong>
            <span className="badge">{t(`exam.${item.kind}`)}</span>
            <span>{t('exam.marks', { marks: item.marks })}</span>
          </span>
          <span className="stem">{inLocale(item.stem, locale)}</span>
        </legend>

        <StemPictures pictures={item.pictures} />
        <div className={optionsClass(item.kind, pictured)}>
          {item.options.map((option, i) => (
            <label
              key={option.id}
              className="option"
              data-right={feedback?.rightOptions.includes(option.id)}
              data-wrong={feedback && chosen.includes(option.id) && !feedback.rightOptions.includes(option.id)}
            >
              <input
                type={many ? 'checkbox' : 'radio'}
                name={item.itemId}
                checked={chosen.includes(option.id)}
                disabled={locked}
                onChange={(event) => toggle(option.id, event.target.checked)}
                data-option={option.id}
              />
              <span className="letter" aria-hidden="true">
                {String.fromCharCode(65 + i)}
              </span>
              {option.text && <span>{inLocale(option.text, locale)}</span>}
              <OptionPictures pictures={option.pictures} />
            </label>
          ))}
        </div>
        {item.kind === 'numeric' && (
          <NumberEntry
            unit={item.unit}
            typed={given.typed ?? ''}
            disabled={locked}
            onType={(typed) => onAnswer({ chosen: [], typed })}
          />
        )}
        {feedback && <FeedbackNote item={item} feedback={feedback} />}
      </fieldset>
    </div>
  );
}

/** Right or wrong stand beside each other, each a tile to touch. */
const optionsClass = (kind: FormItem['kind'], pictured: boolean): string =>
  kind === 'true-false' ? 'options tiles-of-two' : pictured ? 'options pictured' : 'options';
