import { useMemo } from 'react';
import type { Feedback, FormItem, Given } from '../../contract/words/form.ts';
import type { OptionId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Blocks, partsOfStem } from '../design/content.tsx';
import { NumberEntry } from '../design/number-entry.tsx';
import { StemPictures } from '../design/pictures.tsx';
import { FeedbackNote } from '../practice/feedback-note.tsx';
import { ContentLanguage } from './content-language.tsx';
import { ItemOptionRow } from './item-option.tsx';
import { useItemVoice } from './use-item-voice.ts';

type ItemCardProps = {
  readonly item: FormItem;
  readonly at: number;
  readonly of: number;
  readonly given: Given;
  readonly flagged: boolean;
  /** The paper has items in more than one language. */
  readonly bilingual: boolean;
  /** In practice, once it was asked for: the answer stands then. */
  readonly feedback?: Feedback | undefined;
  /** Nothing may be changed now. */
  readonly locked?: boolean | undefined;
  readonly onAnswer: (given: Given) => void;
  /** None where nothing is looked over before it is handed in. */
  readonly onFlag?: (() => void) | undefined;
};

/** One item, with what helps to read it. */
export function ItemCard(props: ItemCardProps) {
  const { item, at, of, given, flagged, bilingual, feedback, locked = false, onAnswer, onFlag } = props;
  const { t, contentLocale } = usePage();
  const voice = useItemVoice(item);
  const stem = inLocale(item.stem, contentLocale);
  const { lead, rest } = useMemo(() => partsOfStem(stem), [stem]);
  const { chosen } = given;
  const pictured = item.options.length > 0 && item.options.every(({ text }) => text === undefined);
  const choose = (id: OptionId, on: boolean) => {
    if (item.kind !== 'multiple') return onAnswer({ chosen: [id] });
    onAnswer({ chosen: on ? [...chosen, id] : chosen.filter((other) => other !== id) });
  };
  return (
    <div className="item">
      <div className="item-tools">
        {voice.available && (
          <Button
            small
            icon={voice.speaking ? 'stop' : 'speak'}
            onPress={voice.speaking ? voice.stop : voice.readAll}
            action="read-aloud"
          >
            {t(voice.speaking ? 'exam.stop-reading' : 'exam.read-aloud')}
          </Button>
        )}
        {bilingual && <ContentLanguage />}
        {onFlag && (
          <Button small icon="flag" pressed={flagged} onPress={onFlag} action="flag">
            {t(flagged ? 'exam.unflag' : 'exam.flag')}
          </Button>
        )}
      </div>
      <fieldset className="question">
        <legend>
          <span className="item-head">
            <strong>{t('exam.question', { at: at + 1, of })}</strong>
            <span className="badge">{t(`exam.${item.kind}`)}</span>
            <span>{t('exam.marks', { marks: item.marks })}</span>
          </span>
          {lead.length > 0 && (
            <span className="stem">
              <Blocks blocks={lead} />
            </span>
          )}
        </legend>
        {rest.length > 0 && (
          <div className="stem">
            <Blocks blocks={rest} />
          </div>
        )}
        <StemPictures pictures={item.pictures} />
        <div className={optionsClass(item.kind, pictured)}>
          {item.options.map((option, i) => (
            <ItemOptionRow
              key={option.id}
              item={item}
              at={i}
              chosen={chosen.includes(option.id)}
              feedback={feedback}
              locked={locked}
              voice={voice}
              onChoose={(on) => choose(option.id, on)}
            />
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
