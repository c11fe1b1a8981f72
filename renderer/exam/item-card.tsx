import { useMemo } from 'react';
import type { Feedback, FormItem, Given } from '../../contract/words/form.ts';
import { MOST_WORDS } from '../../contract/words/items.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Blocks, partsOfStem } from '../design/content.tsx';
import { NumberEntry } from '../design/number-entry.tsx';
import { PassageNote } from '../design/passage-note.tsx';
import { StemPictures } from '../design/pictures.tsx';
import { WordsEntry } from '../design/words-entry.tsx';
import { FeedbackNote } from '../practice/feedback-note.tsx';
import { ContentLanguage } from './content-language.tsx';
import { ItemOptions } from './item-options.tsx';
import { MatchEntry } from './match-entry.tsx';
import { OrderEntry } from './order-entry.tsx';
import { type ItemVoice, useItemVoice } from './use-item-voice.ts';

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
      <PassageNote passage={item.passage} />
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
        <AnswerEntry {...{ item, given, feedback, locked, voice, onAnswer }} />
        {feedback && <FeedbackNote item={item} feedback={feedback} />}
      </fieldset>
    </div>
  );
}

type EntryProps = Required<Pick<ItemCardProps, 'item' | 'given' | 'feedback' | 'locked' | 'onAnswer'>> & {
  readonly locked: boolean;
  readonly voice: ItemVoice;
};

/** How it is answered, which its kind says. */
function AnswerEntry({ item, given, feedback, locked, voice, onAnswer }: EntryProps) {
  const { t } = usePage();
  switch (item.kind) {
    case 'numeric':
      return (
        <NumberEntry
          unit={item.unit}
          typed={given.typed ?? ''}
          disabled={locked}
          onType={(typed) => onAnswer({ chosen: [], typed })}
        />
      );
    case 'text': {
      const gaps = Array.from({ length: item.gaps ?? 1 }, (_, at) => at + 1);
      return (
        <WordsEntry
          labels={gaps.length === 1 ? [t('exam.fill-in')] : gaps.map((n) => t('exam.gap', { n }))}
          words={given.gaps ?? []}
          longest={MOST_WORDS}
          disabled={locked}
          onType={(words) => onAnswer({ chosen: [], gaps: words })}
        />
      );
    }
    case 'order':
      return (
        <OrderEntry item={item} order={given.chosen} disabled={locked} onOrder={(chosen) => onAnswer({ chosen })} />
      );
    case 'match':
      return (
        <MatchEntry
          item={item}
          pairs={given.pairs ?? []}
          right={feedback?.rightPairs}
          disabled={locked}
          onPair={(pairs) => onAnswer({ chosen: [], pairs })}
        />
      );
    default:
      return (
        <ItemOptions
          {...{ item, feedback, locked, voice }}
          chosen={given.chosen}
          onChoose={(chosen) => onAnswer({ chosen })}
        />
      );
  }
}
