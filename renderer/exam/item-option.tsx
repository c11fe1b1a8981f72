import type { Feedback, FormItem } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Content } from '../design/content.tsx';
import { letterOf } from '../design/letters.ts';
import { OptionPictures } from '../design/pictures.tsx';
import type { ItemVoice } from './use-item-voice.ts';

type OptionProps = {
  readonly item: FormItem;
  /** Place of the option in the item, from 0. */
  readonly at: number;
  readonly chosen: boolean;
  readonly feedback: Feedback | undefined;
  readonly locked: boolean;
  readonly voice: ItemVoice;
  readonly onChoose: (on: boolean) => void;
};

/** One option: the platform's own radio button or check box, and the whole row to touch. */
export function ItemOptionRow({ item, at, chosen, feedback, locked, voice, onChoose }: OptionProps) {
  const { t, contentLocale } = usePage();
  const option = item.options[at];
  if (!option) return null;
  const { id, text, pictures } = option;
  const told = feedback !== undefined && feedback.rightOptions.length > 0;
  const right = told ? feedback.rightOptions.includes(id) : undefined;
  const row = (
    <label className="option" data-right={right} data-wrong={told && chosen && !right}>
      <input
        type={item.kind === 'multiple' ? 'checkbox' : 'radio'}
        name={item.itemId}
        checked={chosen}
        disabled={locked}
        onChange={({ target }) => onChoose(target.checked)}
        data-option={id}
      />
      <span className="letter" aria-hidden="true">
        {letterOf(at)}
      </span>
      {text && (
        <span className="content">
          <Content text={inLocale(text, contentLocale)} />
        </span>
      )}
      <OptionPictures pictures={pictures} />
    </label>
  );
  if (!voice.registered || !voice.available) return row;
  return (
    <div className="option-to-hear">
      {row}
      <Button
        icon="speak"
        label={t('exam.read-option', { letter: letterOf(at) })}
        onPress={() => voice.readOption(at)}
        marks={{ 'data-read-option': at }}
      />
    </div>
  );
}
